package groupsync.delivery;

import groupsync.zoom.ZoomReply;
import java.time.Duration;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next request: longer after each failed attempt, or as long as Zoom asks for. */
public final class RetryDelays {

    /** A failure may be over at any moment: a longer wait that Zoom asks for is cut to this many probe intervals. */
    private static final int MOST_INTERVALS_ASKED_FOR = 6;

    private final int attempts;
    private final Duration longest;
    private final Duration probeInterval;
    private final RedeliveryPolicy backOff = new RedeliveryPolicy();

    /**
     * @param attempts after which the delay no longer grows
     * @param first delay before the second attempt; doubled for each further one, give or take 15%
     * @param longest delay
     * @param probeInterval between two probes in a pause
     */
    public RetryDelays(int attempts, Duration first, Duration longest, Duration probeInterval) {
        this.attempts = attempts;
        this.longest = longest;
        this.probeInterval = probeInterval;
        backOff.setRedeliveryDelay(first.toMillis());
        backOff.setMaximumRedeliveryDelay(longest.toMillis());
        backOff.setUseExponentialBackOff(true);
        backOff.setBackOffMultiplier(2);
        backOff.setUseCollisionAvoidance(true);
        backOff.setCollisionAvoidancePercent(15);
    }

    /** The delay before the next attempt, after this number of failed ones. */
    public Duration afterAttempts(int failed, ZoomReply reply) {
        var asked = reply.retryAfter();
        if (asked != null && !asked.isZero()) {
            return atMost(longest, asked, reply);
        }
        var delay = 0L;
        for (var attempt = 1; attempt <= Math.min(failed, attempts); attempt++) {
            delay = backOff.calculateRedeliveryDelay(delay, attempt);
        }
        return Duration.ofMillis(delay);
    }

    /** How long Zoom wants no request at all; {@code null} if Zoom does not ask for a wait. */
    public @Nullable Duration pause(ZoomReply reply) {
        var asked = reply.retryAfter();
        return asked == null ? null : atMost(probeInterval.multipliedBy(MOST_INTERVALS_ASKED_FOR), asked, reply);
    }

    /** A limit ends at a known time; a failure does not. */
    private static Duration atMost(Duration most, Duration asked, ZoomReply reply) {
        return reply.isOfLimit() || asked.compareTo(most) < 0 ? asked : most;
    }
}
