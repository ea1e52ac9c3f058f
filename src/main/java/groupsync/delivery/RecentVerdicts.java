package groupsync.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last verdicts of Zoom on updates: whether each came at the first attempt. In a brown-out many do not. */
final class RecentVerdicts {

    private static final int KEPT = 20;
    private static final int MOST_LATE = 2;

    private final Deque<Boolean> late = new ArrayDeque<>();

    /** @param isLate whether the update had failed before */
    synchronized void add(boolean isLate) {
        late.add(isLate);
        if (late.size() > KEPT) {
            late.remove();
        }
    }

    /** Whether Zoom is well: of the last 20 updates at least 18 got their verdict at the first attempt. */
    synchronized boolean areAtOnce() {
        return late.stream().filter(isLate -> isLate).count() <= MOST_LATE;
    }
}
