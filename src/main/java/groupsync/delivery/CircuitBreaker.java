package groupsync.delivery;

import groupsync.delivery.ProbeSchedule.Probe;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of this instance, between the queues and Zoom.
 *
 * <p>CLOSED: updates are sent. BACKING_OFF: Zoom wants fewer requests, none is sent for a moment. OPEN: a pause, since no
 * event is at fault for a failure. After the delay, and after a pause also a successful probe, it is HALF_OPEN: one update
 * is sent. A verdict on that update closes the breaker; a failure opens it again.
 */
public final class CircuitBreaker {

    private final IntConsumer concurrency;
    private final BooleanSupplier pending;
    private final ProbeSchedule probes;
    private final CurrentPause pause;
    private final BackOffDelays backOff;
    private BreakerState state = BreakerState.CLOSED;
    private long checks;

    /**
     * Creates a closed breaker.
     *
     * @param pending whether there are updates
     * @param budgetLeft whether the budget of the day allows a request
     * @param remedies the instruction for the operator for each cause of a pause
     * @param steady a clock that is never set
     * @param timeOfDay the clock for what is shown
     */
    public CircuitBreaker(
            Duration probeInterval,
            IntConsumer concurrency,
            BooleanSupplier pending,
            BooleanSupplier budgetLeft,
            PauseListener listener,
            Function<Verdict, String> remedies,
            Clock steady,
            Clock timeOfDay) {
        this.concurrency = concurrency;
        this.pending = pending;
        probes = new ProbeSchedule(probeInterval, budgetLeft, steady);
        pause = new CurrentPause(listener, remedies, steady, timeOfDay);
        backOff = new BackOffDelays(probeInterval);
    }

    /** Zoom wants fewer requests: none for the delay that it asks for, or for one that grows with each such reply. */
    synchronized void backOff(@Nullable Duration asked, ZoomReply reply) {
        if (asked != null && asked.compareTo(probes.interval()) > 0) {
            // So long that health must show it.
            pause(asked, reply);
            return;
        }
        if (state == BreakerState.CLOSED || state == BreakerState.HALF_OPEN) {
            probes.nextAfter(backOff.next());
            become(pause.isOn() ? BreakerState.OPEN : BreakerState.BACKING_OFF);
        }
        probes.notBefore(asked);
    }

    /** Zoom cannot be used, and no event is at fault. */
    public synchronized void pause(@Nullable Duration asked, ZoomReply reply) {
        open(Probe.after(reply.verdict()), asked, reply);
    }

    /** Zoom does not list its groups, and no event is at fault. */
    public synchronized void pauseUntilListed(@Nullable Duration asked, ZoomReply reply) {
        open(Probe.LIST, asked, reply);
    }

    private void open(Probe with, @Nullable Duration asked, ZoomReply reply) {
        open(with, asked);
        pause.begin(reply, probes.untilNext());
    }

    /** An outcome cannot be published, or a step has failed in a way that should not happen. */
    synchronized void pause(String part, Exception failure, String remedy) {
        open(Probe.UPDATE, null);
        pause.begin(part, failure, remedy, probes.untilNext());
    }

    /** Late failures of other updates do not delay the next probe, and do not wait for the next day. */
    private void open(Probe with, @Nullable Duration asked) {
        if (state != BreakerState.OPEN || !pause.isOn() || probes.uses(Probe.BUDGET)) {
            probes.nextAfterInterval();
        }
        probes.use(with);
        probes.notBefore(asked);
        become(BreakerState.OPEN);
    }

    /** An outcome is published. It shows something about Zoom only if Zoom gave a verdict: applied or refused. */
    synchronized void published(boolean verdictGiven) {
        if (state == BreakerState.CLOSED && verdictGiven) {
            backOff.reset();
        } else if (verdictGiven || pause.isOf("kafka")) {
            closeIfHalfOpen();
        }
    }

    /** Zoom answered the sent update: the reply concerns its group only, or there is no update. */
    synchronized void closeIfHalfOpen() {
        if (state == BreakerState.HALF_OPEN) {
            pause.end();
            probes.succeeded();
            become(BreakerState.CLOSED);
        }
    }

    /** The update that was sent while half-open has failed. */
    synchronized void failed(ZoomReply reply) {
        if (state == BreakerState.HALF_OPEN) {
            pause(null, reply);
        }
    }

    /** Whether a GET is to be sent now as a probe; to be called many times a second. */
    public synchronized boolean isProbeDue() {
        checks++;
        if (!pending.getAsBoolean()) {
            closeIfHalfOpen();
        }
        var mayProbe = state == BreakerState.BACKING_OFF || (state == BreakerState.OPEN && !probes.uses(Probe.LIST));
        if (!mayProbe || !probes.isDue()) {
            return false;
        }
        var isGet = state == BreakerState.OPEN && probes.isGet(pending.getAsBoolean());
        if (!isGet) {
            become(BreakerState.HALF_OPEN);
        }
        return isGet;
    }

    /** How often {@link #isProbeDue} was called: a sign of life. */
    public synchronized long checks() {
        return checks;
    }

    /** Whether Zoom may be asked for the list of its groups now, if their names are wanted. */
    public synchronized boolean mayList(boolean wanted) {
        if (state == BreakerState.CLOSED) {
            return wanted;
        }
        if (probes.uses(Probe.LIST) && !wanted) {
            // The events that needed the names went to another instance with their partitions.
            probes.use(Probe.UPDATE);
        }
        return state == BreakerState.OPEN && probes.isListDue();
    }

    /** Zoom listed a page of its groups, and the next page is due. */
    public synchronized void pageListed() {
        if (probes.uses(Probe.LIST)) {
            probes.nextAfter(Duration.ZERO);
        }
    }

    /** Zoom listed its groups. */
    public synchronized void listed() {
        if (probes.uses(Probe.LIST)) {
            probes.use(Probe.UPDATE);
            probeSucceeded();
        }
    }

    /** A probe has the reply it should have. */
    synchronized void probeSucceeded() {
        probes.succeeded();
        if (state == BreakerState.OPEN) {
            become(BreakerState.HALF_OPEN);
        }
    }

    /** The probe has shown nothing, but another one can: it is due now. */
    synchronized void probeAgain() {
        probes.nextAfter(Duration.ZERO);
    }

    private void become(BreakerState other) {
        state = other;
        concurrency.accept(other.concurrency);
    }

    /** The present pause; a back-off is no pause. */
    public synchronized Optional<Pause> pause() {
        return pause.withNextProbe(probes.untilNext());
    }
}
