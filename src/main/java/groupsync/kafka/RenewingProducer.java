package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that is closed and made again where it may never publish again. After a failed authentication, Kafka's own
 * producer may wait for its producer id for ever. Each record then expires, also after the password is corrected.
 */
final class RenewingProducer extends ForwardingProducer {

    private static final Logger LOG = LoggerFactory.getLogger(RenewingProducer.class);

    /** Twice the longest time of a record (delivery.timeout.ms). A restart of a broker or a new leader takes less. */
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(30);

    /** Longer than the time between two records of one list. */
    private static final Duration FAIL_FAST = Duration.ofSeconds(1);

    private final Supplier<Producer<Object, Object>> factory;
    private final Clock steady;
    private final Object renewal = new Object();
    private volatile Producer<Object, Object> current;
    private volatile boolean broken;
    /** The first failure since the last published record; {@link Instant#MAX} without one. */
    private volatile Instant failingSince = Instant.MAX;

    private volatile Instant noMetadata = Instant.MIN;

    /** @param steady a clock that is never set */
    RenewingProducer(Supplier<Producer<Object, Object>> factory, Clock steady) {
        this.factory = factory;
        this.steady = steady;
        this.current = factory.get();
    }

    @Override
    Producer<Object, Object> target() {
        return current;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent) {
        return send(sent, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent, @Nullable Callback callback) {
        if (steady.instant().isBefore(noMetadata.plus(FAIL_FAST))) {
            // Each record would wait for max.block.ms: 300 merged updates, whose outcomes follow each other, for 50
            // minutes.
            throw new TimeoutException("no metadata of the topic " + sent.topic() + " a moment ago");
        }
        var producer = usable();
        var caller = Thread.currentThread();
        return producer.send(sent, (metadata, failure) -> {
            if (producer == current) {
                completed(failure, Thread.currentThread() == caller);
            }
            if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
        });
    }

    /** @param unsent whether the record failed before it was sent */
    private void completed(@Nullable Exception failure, boolean unsent) {
        if (failure == null) {
            failingSince = Instant.MAX;
            broken = false;
        } else if (!OutgoingRecordProducer.isRefused(failure)) {
            var now = steady.instant();
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

    private Producer<Object, Object> usable() {
        if (broken) {
            synchronized (renewal) {
                if (broken) {
                    // Closed first, so that both do not share the old login. Its records fail and are sent again.
                    current.close(Duration.ZERO);
                    current = factory.get();
                    failingSince = Instant.MAX;
                    broken = false;
                    LOG.info("connects again to publish");
                }
            }
        }
        return current;
    }
}
