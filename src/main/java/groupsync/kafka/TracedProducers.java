package groupsync.kafka;

import groupsync.event.Trace;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes camel-kafka publish with producers that go on after a failed authentication, and each record as a part of the
 * trace that its headers name. Only the OpenTelemetry agent minds that: without it, it would begin a new trace with the
 * record, and write it over the record's own.
 */
public final class TracedProducers extends DefaultKafkaClientFactory {

    private final Clock clock;

    /** @param clock that nobody sets */
    public TracedProducers(Clock clock) {
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("rawtypes") // as in Camel
    public Producer getProducer(Properties properties) {
        return new RenewingProducer(() -> new TracedProducer(properties), clock);
    }

    private static final class TracedProducer extends KafkaProducer<Object, Object> {
        TracedProducer(Properties properties) {
            super(properties);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent, @Nullable Callback callback) {
            return Trace.of(sent.headers())
                    .wrapSupplier(() -> super.send(sent, callback))
                    .get();
        }
    }
}
