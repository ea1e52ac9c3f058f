package groupsync.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Optional;

/** Present values of metrics. Names are without the prefix {@code zoom.group.sync.}. */
record Figures(MeterRegistry registry) {

    private static final String PREFIX = "zoom.group.sync.";

    /** The value of a gauge; empty if there is none, or if it is no finite number. */
    Optional<Double> gauge(String name) {
        return Optional.ofNullable(registry.find(PREFIX + name).gauge())
                .map(Gauge::value)
                .filter(Double::isFinite);
    }

    /** The counters of a metric, one for each of its series. */
    Collection<Counter> counters(String name) {
        return registry.find(PREFIX + name).counters();
    }

    /** The sum of the counters with this value of a label. */
    long count(String name, String label, String value) {
        return Math.round(registry.find(PREFIX + name).tag(label, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}
