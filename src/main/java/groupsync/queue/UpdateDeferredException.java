package groupsync.queue;

import java.io.Serial;

/** An update was taken up, and before anything was sent for it a pause or a stop began, or its partition went away. */
public final class UpdateDeferredException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UpdateDeferredException(String update) {
        // Nobody reads its trace.
        super("not now: " + update, null, false, false);
    }
}
