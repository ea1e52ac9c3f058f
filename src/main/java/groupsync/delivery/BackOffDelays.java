package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The delays after replies with status 429 to which a slower {@link Pace} is no answer: longer after each one in a row. */
final class BackOffDelays {

    private static final Logger LOG = LoggerFactory.getLogger(BackOffDelays.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;
    /** Apps that share the limit may cause a back-off each second, all day. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final Duration longest;
    private final Clock steady;
    private int inARow;
    private Instant logged = Instant.MIN;

    BackOffDelays(Duration longest, Clock steady) {
        this.longest = longest;
        this.steady = steady;
    }

    /** The next delay; up to 30% longer by chance, so that instances do not all come back at the same time. */
    Duration next() {
        var delay = SHORTEST.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
        delay = delay.compareTo(longest) > 0 ? longest : delay;
        inARow++;
        return Duration.ofMillis(
                (long) (delay.toMillis() * ThreadLocalRandom.current().nextDouble(1.0, 1.3)));
    }

    /** Zoom has taken a request. */
    void reset() {
        inARow = 0;
    }

    void log(ZoomReply reply) {
        var now = steady.instant();
        if (now.isAfter(logged.plus(LOG_INTERVAL))) {
            logged = now;
            EventLog.about(LOG.atWarn(), reply.trackingId())
                    .log(
                            "held back cause=[{}] remedy=[{}]",
                            reply,
                            reply.verdict().remedy());
        }
    }
}
