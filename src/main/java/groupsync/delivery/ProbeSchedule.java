package groupsync.delivery;

import groupsync.zoom.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** When the next probe is due, and what it is. Not thread-safe: {@link CircuitBreaker} is. */
final class ProbeSchedule {

    /** What shows that the cause of a pause is over. */
    enum Probe {
        UPDATE,
        /** A GET of a group. */
        GET,
        /** The list of the groups. */
        LIST,
        /** The budget of the day, which is no request. */
        BUDGET;

        static Probe after(Verdict verdict) {
            if (verdict == Verdict.DAILY_BUDGET_SPENT) {
                return BUDGET;
            }
            return verdict.isSeenByProbe() ? GET : UPDATE;
        }
    }

    /** Some failures are not seen by a GET, so each third probe is an update. */
    private static final int PROBES_PER_UPDATE = 3;

    private final Duration interval;
    private final BooleanSupplier budgetLeft;
    private final Clock steady;
    private Probe probe = Probe.UPDATE;
    /** Since the last successful probe. */
    private int probes;

    private Instant next = Instant.MIN;

    ProbeSchedule(Duration interval, BooleanSupplier budgetLeft, Clock steady) {
        this.interval = interval;
        this.budgetLeft = budgetLeft;
        this.steady = steady;
    }

    Duration interval() {
        return interval;
    }

    void use(Probe other) {
        probe = other;
    }

    boolean uses(Probe other) {
        return probe == other;
    }

    void nextAfterInterval() {
        nextAfter(interval);
    }

    void nextAfter(Duration delay) {
        next = steady.instant().plus(delay);
    }

    /** Delays the next probe, if Zoom asks for that. */
    void notBefore(@Nullable Duration asked) {
        var time = asked == null ? Instant.MIN : steady.instant().plus(asked);
        next = time.isAfter(next) ? time : next;
    }

    boolean isDue() {
        if (probe == Probe.BUDGET && budgetLeft.getAsBoolean()) {
            // The day is over, also by a clock that was set, or a partition was assigned.
            use(Probe.UPDATE);
            nextAfter(Duration.ZERO);
        }
        return !steady.instant().isBefore(next);
    }

    /** Whether the probe that is due is a GET, and not an update. If this one gets lost, another one follows. */
    boolean isGet(boolean updatesArePending) {
        var isGet = probe == Probe.GET && (++probes % PROBES_PER_UPDATE != 0 || !updatesArePending);
        if (isGet) {
            nextAfterInterval();
        }
        return isGet;
    }

    /** Whether the list is the probe, and due. If this one gets lost, another one follows. */
    boolean isListDue() {
        var isDue = probe == Probe.LIST && isDue();
        if (isDue) {
            nextAfterInterval();
        }
        return isDue;
    }

    void succeeded() {
        probes = 0;
    }

    Duration untilNext() {
        return Duration.between(steady.instant(), next);
    }
}
