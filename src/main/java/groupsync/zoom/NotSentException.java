package groupsync.zoom;

import java.io.Serial;

/**
 * A request may no longer be sent, as a check found when it was about to be written. This is no {@link
 * java.io.IOException}: that would be a request without a response.
 */
public final class NotSentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotSentException(Exception why) {
        // Without a stack trace: the cause has one.
        super(why.getMessage(), why, false, false);
    }
}
