package groupsync;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that is never set: it starts with the time of day and counts {@link System#nanoTime()}.
 *
 * <p>Its instants are compared with each other only. After the system's clock is set, by NTP or by an operator, they differ
 * from the time of day. None of them is shown, published or sent.
 */
public final class SteadyClock extends Clock {

    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    /** Starts now. */
    public SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /**
     * Starts now.
     *
     * @param timeOfDay asked once, for the start
     * @param nanos counts nanoseconds and never goes back
     */
    SteadyClock(Clock timeOfDay, LongSupplier nanos) {
        this.start = timeOfDay.instant();
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a steady clock gives instants only");
    }
}
