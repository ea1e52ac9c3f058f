package groupsync.observe;

import groupsync.delivery.PauseListener;
import groupsync.zoom.Consequence;
import groupsync.zoom.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pauses of the service by their cause, the current one included. */
public final class PauseMetrics implements PauseListener {

    private final MeterRegistry registry;
    private final Clock steady;
    private final Map<String, Pauses> byCause = new HashMap<>();
    private @Nullable Pauses current;
    private Instant since = Instant.MIN;

    public PauseMetrics(MeterRegistry registry, Clock steady) {
        this.registry = registry;
        this.steady = steady;
        for (var verdict : Verdict.values()) {
            if (EnumSet.of(Consequence.NEW_TOKEN, Consequence.TRY_AGAIN, Consequence.PAUSE)
                    .contains(verdict.consequence())) {
                byCause(Metrics.label(verdict));
            }
        }
        byCause("kafka");
        byCause("service");
    }

    @Override
    public void paused(Verdict verdict) {
        paused(Metrics.label(verdict));
    }

    @Override
    public synchronized void paused(String cause) {
        var now = byCause(cause);
        if (current != now) {
            resumed();
            current = now;
            since = steady.instant();
            now.begun.increment();
        }
    }

    @Override
    public synchronized void resumed() {
        if (current != null) {
            current.over = current.over.plus(Duration.between(since, steady.instant()));
            current = null;
        }
    }

    private synchronized double isPaused(Pauses pauses) {
        return current == pauses ? 1 : 0;
    }

    private synchronized double seconds(Pauses pauses) {
        var all = current == pauses ? pauses.over.plus(Duration.between(since, steady.instant())) : pauses.over;
        return Metrics.seconds(all);
    }

    private Pauses byCause(String cause) {
        return byCause.computeIfAbsent(cause, Pauses::new);
    }

    private final class Pauses {
        final Counter begun;
        Duration over = Duration.ZERO;

        Pauses(String cause) {
            begun = Counter.builder("zoom.group.sync.pauses")
                    .description("Pauses begun")
                    .tag("cause", cause)
                    .register(registry);
            FunctionCounter.builder("zoom.group.sync.pause", this, PauseMetrics.this::seconds)
                    .description("Time spent paused, up to now")
                    .baseUnit("seconds")
                    .tag("cause", cause)
                    .register(registry);
            Gauge.builder("zoom.group.sync.paused", () -> isPaused(this))
                    .description("1 while the service is paused for this cause")
                    .tag("cause", cause)
                    .register(registry);
        }
    }
}
