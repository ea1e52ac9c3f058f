package groupsync.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** The metrics of the Kafka clients themselves. */
final class KafkaClientsMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<KafkaClientMetrics> ofProducers = new ArrayList<>();
    private @Nullable KafkaClientMetrics ofConsumer;

    KafkaClientsMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private synchronized void add(Producer<?, ?> producer) {
        ofProducers.add(bound(new KafkaClientMetrics(producer)));
    }

    /** There is one consumer at a time: after a failure, Camel closes it and creates another. */
    private synchronized void replace(Consumer<?, ?> consumer) {
        if (ofConsumer != null) {
            ofConsumer.close();
        }
        ofConsumer = bound(new KafkaClientMetrics(consumer));
    }

    private KafkaClientMetrics bound(KafkaClientMetrics metrics) {
        metrics.bindTo(registry);
        return metrics;
    }

    KafkaClientFactory of(KafkaClientFactory factory) {
        return new Metered(factory);
    }

    @Override
    public synchronized void close() {
        ofProducers.forEach(KafkaClientMetrics::close);
        if (ofConsumer != null) {
            ofConsumer.close();
        }
    }

    @SuppressWarnings("rawtypes") // as in Camel
    private final class Metered implements KafkaClientFactory {
        private final KafkaClientFactory factory;

        Metered(KafkaClientFactory factory) {
            this.factory = factory;
        }

        @Override
        public Producer getProducer(Properties properties) {
            Producer<?, ?> producer = factory.getProducer(properties);
            add(producer);
            return producer;
        }

        @Override
        public Consumer getConsumer(Properties properties) {
            Consumer<?, ?> consumer = factory.getConsumer(properties);
            replace(consumer);
            return consumer;
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return factory.getBrokers(configuration);
        }
    }
}
