package groupsync.kafka;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A topic is missing, a right to it is missing, or no broker answers. The message is the cause that health shows. */
final class UnusableTopicException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    UnusableTopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
