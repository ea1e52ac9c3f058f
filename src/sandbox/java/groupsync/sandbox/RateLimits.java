package groupsync.sandbox;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Zoom's limits for all calls in a second and for the Heavy calls of a UTC day. */
final class RateLimits {

    volatile int perSecond = Integer.MAX_VALUE;
    volatile int perDay = Integer.MAX_VALUE;

    private final InstantSource time;
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private Instant midnight = Instant.MIN;
    private int heavyCalls;
    private @Nullable OtherApp other;
    private long takenByOther;

    RateLimits(InstantSource time) {
        this.time = time;
    }

    /** From now on, another app sends requests too. */
    synchronized void share(OtherApp app) {
        other = app;
    }

    /** The requests of the other app, until the last call, that were not refused. */
    synchronized long takenByOther() {
        return takenByOther;
    }

    private void countOther(long now) {
        while (other != null && other.hasSentBy(now)) {
            takenByOther += fitsIntoTheSecond(other.take()) ? 1 : 0;
        }
    }

    /**
     * Counts a call, unless there are too many.
     *
     * @param now in nanoseconds of {@link System#nanoTime()}
     * @return Zoom's answer to one call too many
     */
    synchronized StandInReply.@Nullable Answer refusal(RateLabel label, long now) {
        countOther(now);
        if (!fitsIntoTheSecond(now)) {
            return refusal(label, "QPS", perSecond, "per-second rate limit for this API. Try again later.");
        }
        if (label == RateLabel.HEAVY && !fitsIntoTheDay()) {
            var answer = refusal(
                    label,
                    "Daily-limit",
                    perDay,
                    "daily rate limit for this API. Refer to the response header for details on when you can make"
                            + " another request.");
            var nextMidnight = midnight.plus(1, ChronoUnit.DAYS);
            return StandInReply.with(answer, "Retry-After", nextMidnight.toString());
        }
        return null;
    }

    private boolean fitsIntoTheSecond(long now) {
        while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() >= 1_000_000_000L) {
            lastSecond.removeFirst();
        }
        if (lastSecond.size() >= perSecond) {
            return false;
        }
        lastSecond.addLast(now);
        return true;
    }

    private boolean fitsIntoTheDay() {
        // Truncation is to UTC days.
        var today = time.instant().truncatedTo(ChronoUnit.DAYS);
        if (!today.equals(midnight)) {
            midnight = today;
            heavyCalls = 0;
        }
        if (heavyCalls >= perDay) {
            return false;
        }
        heavyCalls++;
        return true;
    }

    private static StandInReply.Answer refusal(RateLabel label, String type, int limit, String message) {
        var answer = StandInReply.zoom(429, 429, "You have reached the maximum " + message);
        answer = StandInReply.with(answer, "X-RateLimit-Category", label.text);
        answer = StandInReply.with(answer, "X-RateLimit-Type", type);
        answer = StandInReply.with(answer, "X-RateLimit-Limit", String.valueOf(limit));
        return StandInReply.with(answer, "X-RateLimit-Remaining", "0");
    }
}
