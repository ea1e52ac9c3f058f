package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of its limit that this instance uses. Other apps share the account's limit, so Zoom may answer 429 although this
 * service keeps it.
 *
 * <p>Each 429 makes the pace slower, and each request that Zoom takes makes it faster again, as TCP adapts to a network that
 * it shares (<a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">RFC 5681</a>). So at most one of {@link
 * #TAKEN_TO_REFUSED} requests is refused in the long run, whatever the others use.
 */
public final class Pace {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    /** Other apps may cause refusals each second, all day. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);
    /** What a 429 takes from the pace. */
    private static final double DECREASE = 0.03;
    /** So many requests that Zoom takes outweigh a 429. */
    private static final int TAKEN_TO_REFUSED = 75;

    private static final double SLOWEST = 0.05;
    /** Others cause more in a row only now and then, but a Zoom that takes nothing does. */
    private static final int MOST_IN_A_ROW = 12;
    /** A slot may be so many average intervals late, since those of some partitions come at uneven times. */
    private static final int UNEVEN = 4;

    private final boolean isLimited;
    private final Clock steady;
    private double part = 1;
    private long next = Long.MIN_VALUE;
    private int refusedInARow;
    private Instant logged = Instant.MIN;

    /**
     * @param isLimited whether there is a limit of which this is a part
     * @param steady a clock that is never set
     */
    public Pace(boolean isLimited, Clock steady) {
        this.isLimited = isLimited;
        this.steady = steady;
    }

    /**
     * Zoom answered 429 for the limit of a second.
     *
     * @return whether a slower pace is an answer to that; otherwise no requests are to be sent for a moment
     */
    synchronized boolean refused(ZoomReply reply) {
        part = Math.max(SLOWEST, part * (1 - DECREASE));
        var now = steady.instant();
        if (now.isAfter(logged.plus(LOG_INTERVAL))) {
            logged = now;
            EventLog.about(LOG.atWarn(), reply.trackingId())
                    .log(
                            "sends fewer requests cause=[{}] remedy=[{}]",
                            reply,
                            reply.verdict().remedy());
        }
        return isLimited && ++refusedInARow <= MOST_IN_A_ROW;
    }

    /** Zoom took a request. */
    synchronized void taken() {
        part = Math.min(1, part * (1 + DECREASE / TAKEN_TO_REFUSED));
        refusedInARow = 0;
    }

    /** From 0.05 to 1: a part of the limit; 1 if Zoom refuses nothing. */
    public synchronized double part() {
        return part;
    }

    /**
     * A request passes.
     *
     * @param at in nanoseconds since the epoch
     * @param interval between two requests at the limit, on average, in nanoseconds
     */
    synchronized void passes(long at, long interval) {
        next = Math.max(next, at - UNEVEN * interval) + (long) (interval / part);
    }

    /**
     * When the next request may pass; in the past without refusals.
     *
     * @param now in nanoseconds since the epoch
     * @param interval between two requests at the limit, on average, in nanoseconds
     * @return nanoseconds since the epoch
     */
    synchronized long earliest(long now, long interval) {
        // Never further away, unless the system's clock was set.
        next = Math.min(next, now + (long) (interval / part));
        return part < 1 ? next : Long.MIN_VALUE;
    }
}
