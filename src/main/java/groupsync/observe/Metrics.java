package groupsync.observe;

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
import java.util.List;
import org.apache.camel.component.kafka.KafkaClientFactory;

/** All that is counted and measured, as Prometheus reads it. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final EventMetrics events;
    private final RequestMetrics requests;
    private final PauseMetrics pauses;
    private final KafkaClientsMetrics kafkaClients = new KafkaClientsMetrics(registry);

    public Metrics(Clock clock) {
        this(clock, clock);
    }

    /** @param steady for lengths of time, which setting the system's clock must not change */
    public Metrics(Clock clock, Clock steady) {
        events = new EventMetrics(registry, clock);
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
    }

    public EventMetrics events() {
        return events;
    }

    public RequestMetrics requests() {
        return requests;
    }

    public PauseMetrics pauses() {
        return pauses;
    }

    /** Makes the same clients as that factory, and shows what they measure of themselves. */
    public KafkaClientFactory ofClients(KafkaClientFactory factory) {
        return kafkaClients.of(factory);
    }

    public void add(MeterBinder more) {
        more.bindTo(registry);
    }

    /** All of it now, in Prometheus' <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format</a>. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        kafkaClients.close();
        garbageCollection.close();
        registry.close();
    }
}
