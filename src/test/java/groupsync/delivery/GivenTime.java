package groupsync.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A time that moves on only while somebody waits, and does then what is due. */
final class GivenTime extends Clock {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private record Due(long nanos, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private long nanos;

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
        var now = due.stream().filter(one -> one.nanos <= nanos).toList();
        due.removeAll(now);
        now.forEach(one -> one.action.run());
    }

    void after(Duration time, Runnable action) {
        due.add(new Due(nanos + time.toNanos(), action));
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
