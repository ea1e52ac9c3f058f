package groupsync.observe;

import groupsync.delivery.OutcomeListener;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of events. Each counter exists from the start, at zero: Prometheus sees an increase only of a counter that it
 * has seen before, so the first dead letter of a kind would raise no alert.
 */
public final class EventMetrics implements OutcomeListener {

    private static final double[] ATTEMPTS = {1, 2, 3, 5, 10, 20, 50};
    /** An idle service takes a few hundredths of a second, and the backlog of a night takes hours. */
    private static final Duration[] TIMES = Metrics.durations("0.05s 0.1s 0.25s 0.5s 1s 5s 15s 1m 5m 15m 1h 6h 24h");

    private final Clock timeOfDay;
    private final Map<Status, Counter> accepted = new EnumMap<>(Status.class);
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);
    private final Map<Reason, Counter> deadLetters = new EnumMap<>(Reason.class);
    private final Counter merged;
    private final Counter lost;
    private final DistributionSummary attempts;
    private final Timer time;

    public EventMetrics(MeterRegistry registry, Clock timeOfDay) {
        this.timeOfDay = timeOfDay;
        for (var status : new Status[] {Status.APPLIED, Status.DRY_RUN, Status.IGNORED}) {
            accepted.put(status, events(registry, status, null));
        }
        for (var reason : Reason.values()) {
            var status = reason == Reason.RETRIES_EXHAUSTED ? Status.FAILED : Status.REJECTED;
            refused.put(reason, events(registry, status, reason));
            deadLetters.put(
                    reason,
                    Counter.builder("zoom.group.sync.dead.letters")
                            .description("Dead letters published")
                            .tag("reason", reason.toString())
                            .register(registry));
        }
        merged = Counter.builder("zoom.group.sync.merged.events")
                .description("Events applied by the request of a later one of their group: requests saved")
                .register(registry);
        lost = Counter.builder("zoom.group.sync.lost.events")
                .description("Updates that were deleted from the topic before they were read")
                .register(registry);
        attempts = DistributionSummary.builder("zoom.group.sync.event.attempts")
                .description("Requests sent to Zoom for an event until its outcome was published, if any was")
                .serviceLevelObjectives(ATTEMPTS)
                .register(registry);
        time = Timer.builder("zoom.group.sync.event.duration")
                .description(
                        "From the timestamp of an event's record until its outcome was published, 30 days at the most")
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, Status status, @Nullable Reason reason) {
        return Counter.builder("zoom.group.sync.events")
                .description("Events whose outcome was published")
                .tag("status", Metrics.label(status))
                .tag("reason", reason == null ? "none" : reason.toString())
                .register(registry);
    }

    @Override
    public void published(PendingUpdate update) {
        var now = timeOfDay.millis();
        for (var member : update.members()) {
            count(Objects.requireNonNull(member.outcome(), "an update without an outcome"));
            var timestamp = member.event().source().timestamp();
            // A record may have no timestamp.
            if (timestamp >= 0) {
                time.record(EventAge.since(timestamp, now));
            }
        }
    }

    /** Counts updates that were deleted from the topic before they were read. */
    public void lost(long events) {
        lost.increment((double) events);
    }

    private static <K> Counter of(Map<K, Counter> counters, K key) {
        return Objects.requireNonNull(counters.get(key), key::toString);
    }

    private void count(Outcome outcome) {
        var reason = outcome.reason();
        if (reason == null || !outcome.isRefused()) {
            of(accepted, outcome.status()).increment();
        } else {
            of(refused, reason).increment();
            of(deadLetters, reason).increment();
        }
        if (outcome.mergedInto() != null) {
            merged.increment();
        }
        if (outcome.attempts() > 0) {
            attempts.record(outcome.attempts());
        }
    }
}
