package groupsync.observe;

import java.time.Duration;

/**
 * How old an event is by the timestamp of its record, which is its sender's and may be absurd: seconds, microseconds or
 * nanoseconds where milliseconds belong, zero, a clock that is wrong by years.
 */
final class EventAge {

    /** No event waits longer, as its topic keeps it for less. More would hide the times of all others in a sum. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private EventAge() {}

    /**
     * From no time at all, also for a timestamp that lies ahead, to 30 days.
     *
     * @param timestamp in milliseconds since the epoch, not negative
     * @param now likewise
     */
    static Duration since(long timestamp, long now) {
        return Duration.ofMillis(Math.max(0, Math.min(now - timestamp, LONGEST.toMillis())));
    }
}
