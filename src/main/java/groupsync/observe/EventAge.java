package groupsync.observe;

import java.time.Duration;

/**
 * The age of an event by the timestamp of its record. The sender sets the timestamp, and it may be absurd: in seconds,
 * microseconds or nanoseconds instead of milliseconds, zero, or from a clock that is wrong by years.
 */
final class EventAge {

    /** A topic keeps its events for less. A larger age would hide all others in a sum. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private EventAge() {}

    /**
     * From zero, also for a timestamp in the future, to 30 days.
     *
     * @param timestamp in milliseconds since the epoch, not negative
     * @param now in milliseconds since the epoch
     */
    static Duration since(long timestamp, long now) {
        return Duration.ofMillis(Math.max(0, Math.min(now - timestamp, LONGEST.toMillis())));
    }
}
