package groupsync.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The requests of the last second, of which Zoom allows so many. */
final class RateCounter {

    volatile int perSecond = Integer.MAX_VALUE;

    private final Deque<Long> lastSecond = new ArrayDeque<>();

    /**
     * Counts a request, unless there are too many.
     *
     * @param now in nanoseconds of {@link System#nanoTime()}
     * @return Zoom's answer to one request too many
     */
    synchronized StandInReply.@Nullable Answer refusal(long now) {
        while (!lastSecond.isEmpty() && now - lastSecond.peekFirst() >= 1_000_000_000L) {
            lastSecond.removeFirst();
        }
        if (lastSecond.size() < perSecond) {
            lastSecond.addLast(now);
            return null;
        }
        var answer = StandInReply.zoom(
                429, 429, "You have reached the maximum per-second rate limit for this API. Try again later.");
        answer = StandInReply.with(answer, "X-RateLimit-Category", "Light");
        answer = StandInReply.with(answer, "X-RateLimit-Type", "QPS");
        answer = StandInReply.with(answer, "X-RateLimit-Limit", String.valueOf(perSecond));
        return StandInReply.with(answer, "X-RateLimit-Remaining", "0");
    }
}
