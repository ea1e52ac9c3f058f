package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of records with a wrong check sum, or that cannot be decompressed. Their partitions rest between two tries, and
 * the others are read.
 */
public final class DamagedBatches {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedBatches.class);

    private final Duration interval;
    private final Clock timeOfDay;
    private final Clock steady;
    private final Map<TopicPartition, Damaged> damaged = new ConcurrentHashMap<>();

    private record Damaged(Standstill standstill, Instant nextTry) {}

    /**
     * Has none at first.
     *
     * @param interval between two tries of a batch, which another replica may have undamaged
     * @param steady a clock that is never set
     */
    public DamagedBatches(Duration interval, Clock timeOfDay, Clock steady) {
        this.interval = interval;
        this.timeOfDay = timeOfDay;
        this.steady = steady;
    }

    /** The partition rests for one interval; the first failure of a batch is logged. */
    void add(TopicPartition partition, long offset, KafkaException failure) {
        var before = damaged.get(partition);
        var standstill = before == null || before.standstill().offset() != offset
                ? standstill(partition, offset, failure)
                : before.standstill();
        damaged.put(partition, new Damaged(standstill, steady.instant().plus(interval)));
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

    /** The partitions whose next try is not due. */
    Set<TopicPartition> resting() {
        return damaged.entrySet().stream()
                .filter(entry -> steady.instant().isBefore(entry.getValue().nextTry()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Removes the batches that a poll has passed, and those of other instances.
     *
     * @param position finds the position of an assigned partition within that time
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
                LOG.trace("{} has no position yet", partition);
            }
        });
    }

    /** One for each partition that has a damaged batch next. */
    public List<Standstill> standstills() {
        return damaged.values().stream().map(Damaged::standstill).toList();
    }
}
