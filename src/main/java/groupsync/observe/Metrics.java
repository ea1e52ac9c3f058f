package groupsync.observe;

import groupsync.delivery.OutcomeListener;
import groupsync.release.Version;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.kafka.common.TopicPartition;

/** The metrics of the service, for Prometheus and for the page. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final EventMetrics events;
    private final RequestMetrics requests;
    private final PauseMetrics pauses;
    private final RecentLetters letters = new RecentLetters();
    private final KafkaClientsMetrics kafkaClients = new KafkaClientsMetrics(registry);

    public Metrics(Clock timeOfDay) {
        this(timeOfDay, timeOfDay);
    }

    /** @param steady a clock that is never set, for the length of pauses */
    public Metrics(Clock timeOfDay, Clock steady) {
        events = new EventMetrics(registry, timeOfDay);
        requests = new RequestMetrics(registry);
        pauses = new PauseMetrics(registry, steady);
        List.of(
                        garbageCollection,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(this::add);
        Gauge.builder("zoom.group.sync.info", () -> 1)
                .description("The version of this instance")
                .tag("version", Version.CURRENT)
                .register(registry);
    }

    public EventMetrics events() {
        return events;
    }

    /** Counts outcomes, and keeps the latest dead letters. */
    public OutcomeListener outcomes() {
        return update -> {
            events.published(update);
            letters.published(update);
        };
    }

    public RequestMetrics requests() {
        return requests;
    }

    public PauseMetrics pauses() {
        return pauses;
    }

    /** The same factory, with the metrics of its clients added to these. */
    public KafkaClientFactory ofClients(KafkaClientFactory factory) {
        return kafkaClients.of(factory);
    }

    public void add(MeterBinder more) {
        more.bindTo(registry);
    }

    /** The current values, in Prometheus' <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format</a>. */
    public String scrape() {
        return registry.scrape();
    }

    /**
     * The current values that the page shows.
     *
     * @param partitions of this instance
     */
    public ServiceStatus status(Collection<TopicPartition> partitions, Instant now) {
        return ServiceStatus.of(new Figures(registry), letters.latest(), partitions, now);
    }

    /** The value of a label: a word of the service itself, of which there are few, and never a text from outside. */
    static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    /** The upper bounds of buckets, such as {@code 0.5s 1m 24h}. */
    static Duration[] durations(String bounds) {
        return Arrays.stream(bounds.split(" "))
                .map(bound -> Duration.parse("PT" + bound))
                .toArray(Duration[]::new);
    }

    @Override
    public void close() {
        kafkaClients.close();
        garbageCollection.close();
        registry.close();
    }
}
