package groupsync.queue;

import java.io.Serial;

/** The update can never be applied: it becomes a dead letter. */
public final class UpdateRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public UpdateRefusedException(PendingUpdate update) {
        // Without a stack trace: this is no fault of the program.
        super(update.toString(), null, false, false);
    }
}
