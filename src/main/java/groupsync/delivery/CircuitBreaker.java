package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.observe.PauseMetrics;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether requests may be sent now; a circuit breaker for the whole instance.
 *
 * <p>Open, until Zoom wants fewer requests (then held back for a moment) or no event is at fault for a failure (then
 * paused). When the time is over, and after a pause also a probe has been answered, one update tries: when it was
 * applied or refused, all go on; when not, all wait once more.
 */
public final class CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
    /** A probe is a hint: it may be answered oddly for good where updates would be applied, so an update looks too. */
    private static final int LOOKS_PER_TRY = 3;

    private static final Duration SHORTEST_HOLD = Duration.ofSeconds(1);
    /** Apps that share the limit may hold each other back all day: that is one line a minute, not one a second. */
    private static final Duration HOLD_TOLD_EVERY = Duration.ofMinutes(1);

    private enum State {
        OPEN,
        HELD_BACK,
        PAUSED,
        /** One update tries. */
        TRYING
    }

    /**
     * Why nothing is sent.
     *
     * @param part {@code zoom} or {@code kafka}
     * @param nextProbe when it is next tried whether it is mended
     */
    public record Closed(String part, String cause, String remedy, Instant since, Instant nextProbe) {}

    private final Duration probeInterval;
    private final IntConsumer atOnce;
    private final PauseMetrics metrics;
    private final Clock clock;
    private final Clock timeOfDay;

    private State state = State.OPEN;
    private @Nullable Closed closed;
    private boolean probes;
    /** How often it was looked whether the cause is mended, since a probe was answered as it should be. */
    private int looks;

    /** The names of Zoom's groups could not be had: when they can, that shows that it is mended. */
    private boolean lists;

    private int holds;
    private Instant holdTold = Instant.MIN;
    private Instant next = Instant.MIN;
    private Instant closedAt = Instant.MIN;

    /**
     * Makes an open gate.
     *
     * @param probeInterval between two looks whether the cause of a pause is mended
     * @param atOnce is told how many updates may be worked on at the same time
     * @param clock for what is only compared here, so that setting the system's clock changes nothing
     * @param timeOfDay for what is shown
     */
    public CircuitBreaker(
            Duration probeInterval, IntConsumer atOnce, PauseMetrics metrics, Clock clock, Clock timeOfDay) {
        this.probeInterval = probeInterval;
        this.atOnce = atOnce;
        this.metrics = metrics;
        this.clock = clock;
        this.timeOfDay = timeOfDay;
    }

    /**
     * Zoom wants fewer requests.
     *
     * @param wait for which it wants none; without one, a pause that grows from answer to answer
     */
    synchronized void holdBack(@Nullable Duration wait, ZoomReply reply) {
        var now = clock.instant();
        if (wait != null && wait.compareTo(probeInterval) > 0) {
            // Longer than a moment: whoever looks should see it.
            pause(wait, reply);
            return;
        }
        if (state == State.OPEN || state == State.TRYING) {
            var pause = SHORTEST_HOLD.multipliedBy(1L << Math.min(holds, 5));
            pause = pause.compareTo(probeInterval) > 0 ? probeInterval : pause;
            // The others that were held back at the same time should not all come back at the same time.
            next = now.plusMillis(
                    (long) (pause.toMillis() * ThreadLocalRandom.current().nextDouble(1.0, 1.3)));
            holds++;
            if (closed == null) {
                become(State.HELD_BACK);
                if (now.isAfter(holdTold.plus(HOLD_TOLD_EVERY))) {
                    holdTold = now;
                    EventLog.about(LOG.atWarn(), reply.trackingId())
                            .log(
                                    "held back cause=[{}] remedy=[{}]",
                                    reply,
                                    reply.verdict().remedy());
                }
            } else {
                become(State.PAUSED);
            }
        }
        waitsAtLeast(wait);
    }

    private void waitsAtLeast(@Nullable Duration wait) {
        var time = wait == null ? Instant.MIN : clock.instant().plus(wait);
        next = time.isAfter(next) ? time : next;
    }

    private Instant timeOfNext() {
        return timeOfDay.instant().plus(Duration.between(clock.instant(), next));
    }

    /** Zoom cannot be used, and no event is at fault. */
    synchronized void pause(@Nullable Duration wait, ZoomReply reply) {
        probes = reply.verdict().isSeenByProbe();
        lists = false;
        metrics.paused(reply.verdict());
        pause("zoom", wait, reply.toString(), reply.verdict().remedy(), reply.trackingId());
    }

    /** Zoom does not tell the names of its groups, and no event is at fault: nothing is sent until it does. */
    public synchronized void pauseUntilListed(@Nullable Duration wait, ZoomReply reply) {
        pause(wait, reply);
        lists = true;
    }

    /** What was done cannot be told, or something failed that should not. */
    synchronized void pause(String part, Exception failure, String remedy) {
        probes = false;
        lists = false;
        metrics.paused(part);
        pause(part, null, String.valueOf(failure), remedy, null);
    }

    private void pause(String part, @Nullable Duration wait, String cause, String remedy, @Nullable String trackingId) {
        var now = clock.instant();
        var before = closed;
        if (state != State.PAUSED || before == null) {
            next = now.plus(probeInterval);
        }
        waitsAtLeast(wait);
        closedAt = before == null ? now : closedAt;
        var since = before == null ? timeOfDay.instant() : before.since();
        closed = new Closed(part, cause, remedy, since, timeOfNext());
        become(State.PAUSED);
        if (before == null || !before.remedy().equals(remedy)) {
            EventLog.about(LOG.atWarn(), trackingId)
                    .log("paused part={} nextProbe={} cause=[{}] remedy=[{}]", part, timeOfNext(), cause, remedy);
        }
    }

    /**
     * The outcome of an update is published.
     *
     * @param answered whether Zoom applied or refused it; an event that was refused before, or given up, shows nothing
     */
    synchronized void published(boolean answered) {
        var why = closed;
        if (state == State.OPEN && answered) {
            holds = 0;
        } else if (state == State.TRYING
                && (answered || (why != null && why.part().equals("kafka")))) {
            open();
        }
    }

    /** Zoom answered the update that tried, and means its group alone: the others may go on. */
    synchronized void answered() {
        if (state == State.TRYING) {
            open();
        }
    }

    /** An update that tried was not applied, and is to try again: for all others that means to wait on. */
    synchronized void failed(ZoomReply reply) {
        if (state == State.TRYING) {
            pause(null, reply);
        }
    }

    /**
     * Looks at the clock.
     *
     * @param updates whether any is in hand that may try
     * @return whether a probe is to be sent now
     */
    synchronized boolean isProbeDue(boolean updates) {
        if ((state != State.HELD_BACK && state != State.PAUSED)
                || clock.instant().isBefore(next)
                || (state == State.PAUSED && lists)) {
            return false;
        }
        if (state == State.PAUSED && probes && (++looks % LOOKS_PER_TRY != 0 || !updates)) {
            // Should its answer get lost, the next one is due in its time.
            next = clock.instant().plus(probeInterval);
            return true;
        }
        become(State.TRYING);
        return false;
    }

    /**
     * Looks at the clock.
     *
     * @param wanted whether the names of Zoom's groups are needed
     * @return whether Zoom may be asked for them now
     */
    public synchronized boolean mayList(boolean wanted) {
        if (state == State.OPEN) {
            return wanted;
        }
        // Those that needed them may have gone to another instance: then an update tries, as ever.
        lists = lists && wanted;
        if (state != State.PAUSED || !lists || clock.instant().isBefore(next)) {
            return false;
        }
        next = clock.instant().plus(probeInterval);
        return true;
    }

    /** Zoom told the names of its groups: if they were what was missing, one update may try. */
    public synchronized void listed() {
        if (lists) {
            lists = false;
            probeAnswered();
        }
    }

    /** A probe was answered as it should be: one update may try. */
    synchronized void probeAnswered() {
        looks = 0;
        if (state == State.PAUSED) {
            become(State.TRYING);
        }
    }

    /** A probe showed nothing yet, but another one can: it is due now. */
    synchronized void probeAgain() {
        next = clock.instant();
    }

    /** Nothing is there to try with: whatever comes next tries. */
    synchronized void nothingToTry() {
        if (state == State.TRYING) {
            open();
        }
    }

    private void open() {
        if (closed != null) {
            LOG.info("goes on after a pause of {}", Duration.between(closedAt, clock.instant()));
        }
        closed = null;
        looks = 0;
        metrics.goesOn();
        become(State.OPEN);
    }

    private void become(State other) {
        state = other;
        atOnce.accept(
                switch (other) {
                    case OPEN -> Integer.MAX_VALUE;
                    case TRYING -> 1;
                    case HELD_BACK, PAUSED -> 0;
                });
    }

    /** Why nothing is sent, if the service is paused; to be held back for a moment is no pause. */
    public synchronized Optional<Closed> closed() {
        return Optional.ofNullable(closed)
                .map(why -> new Closed(why.part(), why.cause(), why.remedy(), why.since(), timeOfNext()));
    }
}
