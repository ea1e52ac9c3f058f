package groupsync.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the next probe is due, and what it is. Not thread-safe: {@link CircuitBreaker} is. */
final class ProbeSchedule {

    /** What shows that the cause of a pause is over: an update, a GET of a group, or the list of the groups. */
    enum Probe {
        UPDATE,
        GET,
        LIST
    }

    /** Some failures are not seen by a GET, so each third probe is an update. */
    private static final int PROBES_PER_UPDATE = 3;

    private final Duration interval;
    private final Clock clock;
    private Probe probe = Probe.UPDATE;
    /** Since the last successful probe. */
    private int probes;

    private Instant next = Instant.MIN;

    ProbeSchedule(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
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
        next = clock.instant().plus(delay);
    }

    /** Delays the next probe, if Zoom asks for that. */
    void notBefore(@Nullable Duration asked) {
        var time = asked == null ? Instant.MIN : clock.instant().plus(asked);
        next = time.isAfter(next) ? time : next;
    }

    boolean isDue() {
        return !clock.instant().isBefore(next);
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
        return Duration.between(clock.instant(), next);
    }
}
