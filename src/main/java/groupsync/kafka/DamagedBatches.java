package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of records that Kafka's consumer cannot read: their check sum is wrong, or they cannot be unpacked. Their
 * partitions rest between two tries, and the others are read.
 */
public final class DamagedBatches {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedBatches.class);

    private final Duration interval;
    private final Clock timeOfDay;
    private final Clock clock;
    private final Map<TopicPartition, Damaged> damaged = new ConcurrentHashMap<>();

    private record Damaged(Standstill standstill, Instant nextTry) {}

    /**
     * Knows of none at first.
     *
     * @param interval between two tries: another replica may have the batch whole
     * @param clock that is never set
     */
    public DamagedBatches(Duration interval, Clock timeOfDay, Clock clock) {
        this.interval = interval;
        this.timeOfDay = timeOfDay;
        this.clock = clock;
    }

    /**
     * The partition that this failure of a poll is about.
     *
     * @param failure of which Kafka's consumer says in its message alone that a batch is damaged, and where
     * @return empty if it is another failure
     */
    static Optional<TopicPartition> partition(KafkaException failure, Collection<TopicPartition> assigned) {
        // Those that say more, such as a missing right or a time-out, have a class of their own.
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

    /** The batch at this offset cannot be read. */
    void found(TopicPartition partition, long offset, KafkaException failure) {
        var before = damaged.get(partition);
        var standstill = before == null || before.standstill().offset() != offset
                ? standstill(partition, offset, failure)
                : before.standstill();
        damaged.put(partition, new Damaged(standstill, clock.instant().plus(interval)));
        if (before == null || !before.standstill().equals(standstill)) {
            LOG.warn(
                    "updates cannot be read, for their batch is damaged topic={} partition={} offset={} cause=[{}]"
                            + " remedy=[{}]",
                    partition.topic(),
                    partition.partition(),
                    offset,
                    root(failure),
                    standstill.remedy());
        }
    }

    private Standstill standstill(TopicPartition partition, long offset, KafkaException failure) {
        return new Standstill(
                partition,
                offset,
                partition + " stands still at offset " + offset + ", where a batch is damaged: " + root(failure),
                "let a broker lead the partition whose disk has the batch whole; or skip the batch with"
                        + " kafka-delete-records.sh --offset-json-file FILE, the file being {\"partitions\":[{\"topic\":\""
                        + partition.topic() + "\",\"partition\":" + partition.partition()
                        + ",\"offset\":N}],\"version\":1} and N the offset behind the batch, " + (offset + 1)
                        + " if it has one record",
                timeOfDay.instant());
    }

    private static @Nullable String root(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    /** Partitions that are not to be read yet. */
    Set<TopicPartition> resting() {
        return damaged.entrySet().stream()
                .filter(entry -> clock.instant().isBefore(entry.getValue().nextTry()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * A poll is over.
     *
     * @param position of a partition that is assigned, found within that time
     */
    void polled(Set<TopicPartition> assigned, BiFunction<TopicPartition, Duration, Long> position) {
        damaged.keySet().retainAll(assigned);
        damaged.forEach((partition, found) -> {
            try {
                if (position.apply(partition, Duration.ZERO)
                        > found.standstill().offset()) {
                    damaged.remove(partition);
                    LOG.info("updates are read again topic={} partition={}", partition.topic(), partition.partition());
                }
            } catch (ApiException e) {
                LOG.trace("{} has no position now", partition);
            }
        });
    }

    /** All that are known. */
    public List<Standstill> standstills() {
        return damaged.values().stream().map(Damaged::standstill).toList();
    }
}
