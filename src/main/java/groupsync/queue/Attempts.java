package groupsync.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The requests that were sent for one update, and how they ended. One thread at a time changes it. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
final class Attempts {

    private volatile int count;
    private volatile int faults;
    private volatile @Nullable Instant latest;
    private volatile @Nullable Instant previous;
    private volatile @Nullable Instant firstFailure;

    void sent(Instant now) {
        count++;
        var before = latest;
        previous = before == null ? now : before;
        latest = now;
    }

    /** The latest request was not sent after all. */
    void notSent() {
        count--;
        latest = count == 0 ? null : previous;
    }

    int count() {
        return count;
    }

    @Nullable
    Instant latest() {
        return latest;
    }

    void failed(Instant now) {
        if (firstFailure == null) {
            firstFailure = now;
        }
    }

    @Nullable
    Instant firstFailure() {
        return firstFailure;
    }

    boolean isPreviousBefore(Instant time) {
        var before = previous;
        return before != null && time.isAfter(before);
    }

    void countFault() {
        faults++;
    }

    void resetFaults() {
        faults = 0;
    }

    int faults() {
        return faults;
    }
}
