package groupsync.delivery;

import groupsync.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time that passes only during waits. Actions that are due by then follow each wait. */
final class GivenTime extends TestClock {

    private record Due(long nanos, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private long nanos;

    GivenTime() {
        super("2026-11-23T08:00:00Z");
    }

    /** Since the start. */
    long nanos() {
        return nanos;
    }

    /** Since the start. */
    Duration passed() {
        return Duration.ofNanos(nanos);
    }

    void waits(long forNanos) {
        nanos += forNanos;
        advance(Duration.ofNanos(forNanos));
        var now = due.stream().filter(one -> one.nanos <= nanos).toList();
        due.removeAll(now);
        now.forEach(one -> one.action.run());
    }

    void after(Duration time, Runnable action) {
        due.add(new Due(nanos + time.toNanos(), action));
    }
}
