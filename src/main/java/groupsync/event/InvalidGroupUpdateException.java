package groupsync.event;

import java.io.Serial;

/** The record can never be applied: what it holds is no group update. */
public final class InvalidGroupUpdateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public InvalidGroupUpdateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
