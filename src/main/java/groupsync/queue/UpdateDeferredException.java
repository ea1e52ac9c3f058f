package groupsync.queue;

import java.io.Serial;
import java.time.Duration;

/** The update cannot be applied now: it stays the first of its queue. */
public final class UpdateDeferredException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration delay;

    /** The update can be tried again at once, as soon as updates are taken at all. */
    public UpdateDeferredException(PendingUpdate update) {
        this(update, Duration.ZERO);
    }

    /** @param delay before it is tried again */
    public UpdateDeferredException(PendingUpdate update, Duration delay) {
        // Without a stack trace: this is no fault of the program.
        super(update.toString(), null, false, false);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
