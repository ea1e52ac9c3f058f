package groupsync.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A poll that returns the records of all other partitions where Kafka's consumer would fail for one damaged batch. */
final class UndamagedPoll {

    private final Consumer<byte[], byte[]> consumer;
    private final Function<Duration, ConsumerRecords<byte[], byte[]>> poll;
    private final DamagedBatches damaged;

    /** @param poll that of Kafka's consumer */
    UndamagedPoll(
            Consumer<byte[], byte[]> consumer,
            Function<Duration, ConsumerRecords<byte[], byte[]>> poll,
            DamagedBatches damaged) {
        this.consumer = consumer;
        this.poll = poll;
        this.damaged = damaged;
    }

    /** Pauses the partition of a damaged batch. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            return poll.apply(timeout);
        } catch (KafkaException | Error e) {
            var notLoaded = CompressionLibraries.notLoaded(e);
            if (notLoaded.isPresent()) {
                throw notLoaded.get();
            }
            if (!(e instanceof KafkaException failure)) {
                throw e;
            }
            return pollOthers(partition(failure, consumer.assignment()).orElseThrow(() -> failure), failure);
        }
    }

    private ConsumerRecords<byte[], byte[]> pollOthers(TopicPartition partition, KafkaException failure) {
        var offset = consumer.position(partition);
        damaged.add(partition, offset, failure);
        try {
            // Another position for a moment: the consumer drops the damaged batch, and the next try fetches it again.
            consumer.seek(partition, offset + 1);
            return without(partition, poll(Duration.ZERO));
        } finally {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, offset);
                consumer.pause(Set.of(partition));
            }
        }
    }

    private static ConsumerRecords<byte[], byte[]> without(
            TopicPartition partition, ConsumerRecords<byte[], byte[]> polled) {
        var records = polled.partitions().stream()
                .filter(other -> !other.equals(partition))
                .collect(Collectors.toMap(Function.identity(), polled::records));
        var next = new HashMap<>(polled.nextOffsets());
        next.remove(partition);
        return new ConsumerRecords<>(records, next);
    }

    /**
     * The partition of a damaged batch.
     *
     * @param failure of a poll; only its message says that a batch is damaged, and where
     * @return empty for any other failure
     */
    static Optional<TopicPartition> partition(KafkaException failure, Collection<TopicPartition> assigned) {
        // A missing right or a time-out has a class of its own.
        if (failure.getClass() != KafkaException.class) {
            return Optional.empty();
        }
        var message = String.valueOf(failure.getMessage());
        return assigned.stream()
                .filter(partition -> Pattern.compile(
                                "(?<![\\w.-])" + Pattern.quote(partition.toString()) + "(?![\\w-])")
                        .matcher(message)
                        .find())
                .findFirst();
    }
}
