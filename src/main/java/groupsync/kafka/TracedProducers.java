package groupsync.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;

import groupsync.event.Trace;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes camel-kafka publish with producers that go on after a failed authentication, and each record as a part of the
 * trace that its headers name. Only the OpenTelemetry agent minds that: without it, it would begin a new trace with the
 * record, and write it over the record's own.
 */
public final class TracedProducers extends DefaultKafkaClientFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TracedProducers.class);

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
        /** Records are sent again on a thread of its own: Kafka's one must not wait, and a send may. */
        private final Executor again = new ThreadPoolExecutor(0, 1, 1, SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "publish-again");
            thread.setDaemon(true);
            return thread;
        });

        /** The topic is compacted. A record without a key would make those fail that Kafka sends with it. */
        private volatile boolean keysOnly;

        TracedProducer(Properties properties) {
            super(properties);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent, @Nullable Callback callback) {
            var form = (OutgoingRecord) sent.value();
            var withKey = form.key() == null && keysOnly ? form.orElse() : null;
            return publish(sent.topic(), withKey == null ? form : withKey, callback);
        }

        private Future<RecordMetadata> publish(String topic, OutgoingRecord form, @Nullable Callback callback) {
            var sent = new ProducerRecord<Object, Object>(topic, form.key(), form);
            Callback published = (metadata, failure) -> {
                var next = form.orElse();
                if (next != null && isRefused(failure)) {
                    LOG.warn(
                            "does not take a record, and gets a shorter one topic={} cause=[{}]",
                            topic,
                            failure.toString());
                    keysOnly = keysOnly || (form.key() == null && failure instanceof InvalidRecordException);
                    again.execute(() -> publishAgain(topic, next, callback, metadata));
                } else if (callback != null) {
                    callback.onCompletion(metadata, failure);
                }
            };
            return Trace.of(new RecordHeaders(form.headers()))
                    .wrapSupplier(() -> super.send(sent, published))
                    .get();
        }

        /** Camel waits for the callback, also when the record cannot be sent at all, such as after a close. */
        private void publishAgain(
                String topic, OutgoingRecord form, @Nullable Callback callback, @Nullable RecordMetadata none) {
            try {
                var unused = publish(topic, form, callback);
            } catch (RuntimeException e) {
                if (callback != null) {
                    callback.onCompletion(none, e);
                }
            }
        }

        private static boolean isRefused(@Nullable Exception failure) {
            return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
        }
    }
}
