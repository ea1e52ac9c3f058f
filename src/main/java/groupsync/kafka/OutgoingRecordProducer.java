package groupsync.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;

import groupsync.event.Trace;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each {@link OutgoingRecord} in the first form that its topic accepts, as a part of the trace that its headers
 * name. Without that trace, the OpenTelemetry agent would begin a new one and write it over the record's own.
 */
final class OutgoingRecordProducer extends KafkaProducer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingRecordProducer.class);

    /** A send may block, and Kafka's own thread must not: the other forms have a thread of their own. */
    private final Executor otherForms = new ThreadPoolExecutor(0, 1, 1, SECONDS, new LinkedBlockingQueue<>(), task -> {
        var thread = new Thread(task, "publish-again");
        thread.setDaemon(true);
        return thread;
    });

    /** The topic is compacted. Kafka refuses a whole batch for one record without a key. */
    private volatile boolean keysOnly;

    OutgoingRecordProducer(Properties properties) {
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
            var other = form.other();
            if (other != null && isRefused(failure)) {
                LOG.warn(
                        "a topic refuses a record, and gets a shorter one topic={} cause=[{}]",
                        topic,
                        failure.toString());
                keysOnly = keysOnly || (form.key() == null && failure instanceof InvalidRecordException);
                otherForms.execute(() -> publishNext(topic, other, callback, metadata));
            } else if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
        };
        return Trace.of(new RecordHeaders(form.headers()))
                .wrapSupplier(() -> super.send(sent, published))
                .get();
    }

    /** Camel waits for the callback, also if the record cannot be sent at all, for example after a close. */
    private void publishNext(
            String topic, Supplier<OutgoingRecord> next, @Nullable Callback callback, @Nullable RecordMetadata none) {
        try {
            var unused = publish(topic, next.get(), callback);
        } catch (RuntimeException e) {
            if (callback != null) {
                callback.onCompletion(none, e);
            }
        }
    }

    /** Whether the topic refuses this record only, and may accept another one. */
    static boolean isRefused(@Nullable Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
    }
}
