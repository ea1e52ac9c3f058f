package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer of Kafka that is closed and made anew where it may never publish again. After one failed authentication
 * Kafka's own may wait for ever for the producer id that it has asked for: each record then expires, also when the
 * password is right again.
 */
final class RenewingProducer implements Producer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(RenewingProducer.class);

    /** Twice as long as a record may take (delivery.timeout.ms): a broker's restart or a change of leader is over by then. */
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(30);

    /** The records of one list follow each other within less. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Supplier<Producer<Object, Object>> factory;
    private final Clock clock;
    private final Object renewal = new Object();
    private volatile Producer<Object, Object> current;
    private volatile boolean broken;
    /** Since when nothing is published; {@link Instant#MAX} while records are. */
    private volatile Instant failingSince = Instant.MAX;

    private volatile Instant noMetadata = Instant.MIN;

    /** @param clock that nobody sets */
    RenewingProducer(Supplier<Producer<Object, Object>> factory, Clock clock) {
        this.factory = factory;
        this.clock = clock;
        this.current = factory.get();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent) {
        return send(sent, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent, @Nullable Callback callback) {
        if (clock.instant().isBefore(noMetadata.plus(AT_ONCE))) {
            // Each record would wait for max.block.ms: the outcomes of 300 merged updates for 50 minutes.
            throw new TimeoutException("no metadata of the topic " + sent.topic() + " a moment ago");
        }
        var producer = usable();
        var caller = Thread.currentThread();
        return producer.send(sent, (metadata, failure) -> {
            if (producer == current) {
                seen(failure, Thread.currentThread() == caller);
            }
            if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
        });
    }

    /** @param unsent whether the record did not even get as far as to be sent */
    private void seen(@Nullable Exception failure, boolean unsent) {
        if (failure == null) {
            failingSince = Instant.MAX;
            broken = false;
        } else if (!isOfRecord(failure)) {
            var now = clock.instant();
            if (failingSince.equals(Instant.MAX)) {
                failingSince = now;
            }
            if (unsent && failure instanceof TimeoutException) {
                noMetadata = now;
            }
            if (failure instanceof AuthenticationException || !now.isBefore(failingSince.plus(LONGEST_FAILURE))) {
                broken = true;
            }
        }
    }

    /** Another record may well be published. */
    private static boolean isOfRecord(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
    }

    private Producer<Object, Object> usable() {
        if (broken) {
            synchronized (renewal) {
                if (broken) {
                    // First, so that a login that both would share is not kept. What waits in it fails, and is sent
                    // again.
                    current.close(Duration.ZERO);
                    current = factory.get();
                    failingSince = Instant.MAX;
                    broken = false;
                    LOG.info("connects anew to publish");
                }
            }
        }
        return current;
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return current.metrics();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return current.partitionsFor(topic);
    }

    @Override
    public void flush() {
        current.flush();
    }

    @Override
    public void close() {
        current.close();
    }

    @Override
    public void close(Duration timeout) {
        current.close(timeout);
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return current.clientInstanceId(timeout);
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        current.registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        current.unregisterMetricFromSubscription(metric);
    }

    @Override
    public void initTransactions() {
        throw noTransactions();
    }

    @Override
    public void beginTransaction() {
        throw noTransactions();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        throw noTransactions();
    }

    @Override
    public void commitTransaction() {
        throw noTransactions();
    }

    @Override
    public void abortTransaction() {
        throw noTransactions();
    }

    private static UnsupportedOperationException noTransactions() {
        return new UnsupportedOperationException("outcomes and dead letters are published without transactions");
    }
}
