package groupsync.event;

import java.io.Serial;

/** The record is no valid group update and can never be applied. */
final class InvalidGroupUpdateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    InvalidGroupUpdateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
