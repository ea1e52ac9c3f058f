package groupsync.zoom;

import java.io.Serial;

/**
 * A request was about to be written when it turned out that it may no longer be sent. It is no {@link
 * java.io.IOException}, which would be a request without an answer.
 */
public final class NotSentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NotSentException(Exception why) {
        // Its trace says nothing.
        super(why.getMessage(), why, false, false);
    }
}
