package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of this instance, between the queues and Zoom.
 *
 * <p>CLOSED: updates are sent. BACKING_OFF: Zoom wants fewer requests, none is sent for a moment. OPEN: a pause, since no
 * event is at fault for a failure. After the delay, and after a pause also a successful probe, it is HALF_OPEN: one update
 * is sent. A verdict on that update closes the breaker; a failure opens it again.
 */
public final class CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
    /** Some failures are not seen by a probe, so each third probe is an update. */
    private static final int PROBES_PER_UPDATE = 3;

    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
    /** Apps that share the limit may cause a back-off each second, all day. */
    private static final Duration BACK_OFF_LOG_INTERVAL = Duration.ofMinutes(1);

    private enum State {
        CLOSED(Integer.MAX_VALUE),
        BACKING_OFF(0),
        OPEN(0),
        HALF_OPEN(1);

        /** How many updates may be sent at the same time. */
        private final int concurrency;

        State(int concurrency) {
            this.concurrency = concurrency;
        }
    }

    /** What shows that the cause of a pause is over: an update, a GET of a group, or the list of the groups. */
    private enum Probe {
        UPDATE,
        GET,
        LIST
    }

    private final Duration probeInterval;
    private final IntConsumer concurrency;
    private final BooleanSupplier pending;
    private final PauseListener listener;
    private final Clock clock;
    private final Clock timeOfDay;

    private State state = State.CLOSED;
    private @Nullable Pause pause;
    private Probe probe = Probe.UPDATE;
    /** Since the last successful one. */
    private int probes;

    private long checks;
    private int backOffs;
    private Instant backOffLogged = Instant.MIN;
    private Instant next = Instant.MIN;
    private Instant openedAt = Instant.MIN;

    /**
     * Creates a closed breaker.
     *
     * @param probeInterval between two probes
     * @param concurrency takes the number of updates that may be sent at the same time
     * @param pending whether there are updates
     * @param clock a clock that is never set
     * @param timeOfDay the clock for what is shown
     */
    public CircuitBreaker(
            Duration probeInterval,
            IntConsumer concurrency,
            BooleanSupplier pending,
            PauseListener listener,
            Clock clock,
            Clock timeOfDay) {
        this.probeInterval = probeInterval;
        this.concurrency = concurrency;
        this.pending = pending;
        this.listener = listener;
        this.clock = clock;
        this.timeOfDay = timeOfDay;
    }

    /**
     * Zoom wants fewer requests.
     *
     * @param asked the delay that Zoom asks for; {@code null} for a delay that grows with each such reply
     */
    synchronized void backOff(@Nullable Duration asked, ZoomReply reply) {
        if (asked != null && asked.compareTo(probeInterval) > 0) {
            // So long that health must show it.
            pause(asked, reply);
            return;
        }
        if (state == State.CLOSED || state == State.HALF_OPEN) {
            var delay = SHORTEST_BACK_OFF.multipliedBy(1L << Math.min(backOffs, 5));
            delay = delay.compareTo(probeInterval) > 0 ? probeInterval : delay;
            // Instances that back off at the same time must not all come back at the same time.
            next = clock.instant().plusMillis((long)
                    (delay.toMillis() * ThreadLocalRandom.current().nextDouble(1.0, 1.3)));
            backOffs++;
            if (pause == null) {
                become(State.BACKING_OFF);
                logBackOff(reply);
            } else {
                become(State.OPEN);
            }
        }
        notBefore(asked);
    }

    private void logBackOff(ZoomReply reply) {
        var now = clock.instant();
        if (now.isAfter(backOffLogged.plus(BACK_OFF_LOG_INTERVAL))) {
            backOffLogged = now;
            EventLog.about(LOG.atWarn(), reply.trackingId())
                    .log(
                            "held back cause=[{}] remedy=[{}]",
                            reply,
                            reply.verdict().remedy());
        }
    }

    private void notBefore(@Nullable Duration asked) {
        var time = asked == null ? Instant.MIN : clock.instant().plus(asked);
        next = time.isAfter(next) ? time : next;
    }

    /** Zoom cannot be used, and no event is at fault. */
    public synchronized void pause(@Nullable Duration asked, ZoomReply reply) {
        pause(reply.verdict().isSeenByProbe() ? Probe.GET : Probe.UPDATE, asked, reply);
    }

    /** Zoom does not list its groups, and no event is at fault. */
    public synchronized void pauseUntilListed(@Nullable Duration asked, ZoomReply reply) {
        pause(Probe.LIST, asked, reply);
    }

    private void pause(Probe with, @Nullable Duration asked, ZoomReply reply) {
        listener.paused(reply.verdict());
        pause(with, "zoom", asked, reply.toString(), reply.verdict().remedy(), reply.trackingId());
    }

    /** An outcome cannot be published, or a step has failed in a way that should not happen. */
    synchronized void pause(String part, Exception failure, String remedy) {
        listener.paused(part);
        pause(Probe.UPDATE, part, null, String.valueOf(failure), remedy, null);
    }

    private void pause(
            Probe with,
            String part,
            @Nullable Duration asked,
            String cause,
            String remedy,
            @Nullable String trackingId) {
        probe = with;
        var before = pause;
        if (state != State.OPEN || before == null) {
            next = clock.instant().plus(probeInterval);
        }
        notBefore(asked);
        openedAt = before == null ? clock.instant() : openedAt;
        pause = new Pause(part, cause, remedy, before == null ? timeOfDay.instant() : before.since(), timeOfNext());
        become(State.OPEN);
        if (before == null || !before.remedy().equals(remedy)) {
            EventLog.about(LOG.atWarn(), trackingId)
                    .log("paused part={} nextProbe={} cause=[{}] remedy=[{}]", part, timeOfNext(), cause, remedy);
        }
    }

    private Instant timeOfNext() {
        return timeOfDay.instant().plus(Duration.between(clock.instant(), next));
    }

    /**
     * The outcome of an update is published.
     *
     * @param verdictGiven whether Zoom applied or refused it; an update that was refused before, or given up, shows nothing
     */
    synchronized void published(boolean verdictGiven) {
        if (state == State.CLOSED && verdictGiven) {
            backOffs = 0;
        } else if (verdictGiven || (pause != null && pause.part().equals("kafka"))) {
            closeIfHalfOpen();
        }
    }

    /** Zoom answered the sent update: the reply concerns its group only, or there is no update. */
    synchronized void closeIfHalfOpen() {
        if (state == State.HALF_OPEN) {
            close();
        }
    }

    /** The update that was sent while half-open has failed. */
    synchronized void failed(ZoomReply reply) {
        if (state == State.HALF_OPEN) {
            pause(null, reply);
        }
    }

    /** Whether a GET is to be sent now as a probe; to be called many times a second. */
    public synchronized boolean isProbeDue() {
        checks++;
        if (!pending.getAsBoolean()) {
            closeIfHalfOpen();
        }
        if ((state != State.BACKING_OFF && state != State.OPEN)
                || clock.instant().isBefore(next)
                || (state == State.OPEN && probe == Probe.LIST)) {
            return false;
        }
        if (state == State.OPEN
                && probe == Probe.GET
                && (++probes % PROBES_PER_UPDATE != 0 || !pending.getAsBoolean())) {
            // In case that this probe gets lost.
            next = clock.instant().plus(probeInterval);
            return true;
        }
        become(State.HALF_OPEN);
        return false;
    }

    /** How often {@link #isProbeDue} was called: a sign of life. */
    public synchronized long checks() {
        return checks;
    }

    /**
     * Whether Zoom may be asked for the list of its groups now.
     *
     * @param wanted whether their names are needed
     */
    public synchronized boolean mayList(boolean wanted) {
        if (state == State.CLOSED) {
            return wanted;
        }
        if (probe == Probe.LIST && !wanted) {
            // The events that needed the names went to another instance with their partitions.
            probe = Probe.UPDATE;
        }
        if (state != State.OPEN || probe != Probe.LIST || clock.instant().isBefore(next)) {
            return false;
        }
        next = clock.instant().plus(probeInterval);
        return true;
    }

    /** Zoom listed its groups. */
    public synchronized void listed() {
        if (probe == Probe.LIST) {
            probe = Probe.UPDATE;
            probeSucceeded();
        }
    }

    /** A probe has the reply it should have. */
    synchronized void probeSucceeded() {
        probes = 0;
        if (state == State.OPEN) {
            become(State.HALF_OPEN);
        }
    }

    /** The probe has shown nothing, but another one can: it is due now. */
    synchronized void probeAgain() {
        next = clock.instant();
    }

    private void close() {
        if (pause != null) {
            LOG.info("goes on after a pause of {}", Duration.between(openedAt, clock.instant()));
        }
        pause = null;
        probes = 0;
        listener.resumed();
        become(State.CLOSED);
    }

    private void become(State other) {
        state = other;
        concurrency.accept(other.concurrency);
    }

    /** The present pause; a back-off is no pause. */
    public synchronized Optional<Pause> pause() {
        return Optional.ofNullable(pause)
                .map(now -> new Pause(now.part(), now.cause(), now.remedy(), now.since(), timeOfNext()));
    }
}
