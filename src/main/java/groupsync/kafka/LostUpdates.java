package groupsync.kafka;

import groupsync.queue.OffsetGap;
import groupsync.queue.OwnedPartitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates that retention or an operator deleted from their topic before they were read.
 *
 * <p>Kafka's consumer then continues at the first record that is left, without an error. It also leaves out offsets where
 * nothing is lost: the end of a transaction, an aborted transaction, and compacted records. The first offset of the
 * partition makes the difference: only offsets before it were deleted.
 */
public final class LostUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(LostUpdates.class);
    /** How often partitions without new records are checked. */
    private static final Duration POSITIONS_INTERVAL = Duration.ofSeconds(1);

    private static final Duration OFFSETS_TIMEOUT = Duration.ofMillis(500);

    private final OwnedPartitions owned;
    private final LongConsumer counter;
    private final Clock steady;
    private final List<OffsetGap> unexplained = new ArrayList<>();
    private Instant nextPositions = Instant.MIN;

    /**
     * Knows no loss at first.
     *
     * @param counter adds a number of lost updates
     * @param steady a clock that is never set
     */
    public LostUpdates(OwnedPartitions owned, LongConsumer counter, Clock steady) {
        this.owned = owned;
        this.counter = counter;
        this.steady = steady;
    }

    /** Compares the positions with the expected ones; on the polling thread, before the records are read. */
    void check(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
        positions(consumer, polled).forEach((partition, position) -> {
            owned.gap(partition, position).ifPresent(unexplained::add);
            // Where all records are deleted none follows, and the next check would find the same gap.
            if (polled.records(partition).isEmpty()) {
                owned.advanceTo(partition, position);
            }
        });
        if (!unexplained.isEmpty()) {
            explain(consumer);
        }
    }

    private Map<TopicPartition, Long> positions(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
        var positions = new HashMap<TopicPartition, Long>();
        if (!steady.instant().isBefore(nextPositions)) {
            nextPositions = steady.instant().plus(POSITIONS_INTERVAL);
            consumer.assignment().forEach(partition -> {
                try {
                    positions.put(partition, consumer.position(partition, Duration.ZERO));
                } catch (ApiException e) {
                    LOG.trace("{} has no position yet", partition);
                }
            });
        }
        polled.nextOffsets().forEach((partition, next) -> positions.put(partition, next.offset()));
        polled.partitions()
                .forEach(partition -> positions.put(
                        partition, polled.records(partition).get(0).offset()));
        return positions;
    }

    private void explain(Consumer<?, ?> consumer) {
        try {
            var partitions = unexplained.stream().map(OffsetGap::partition).collect(Collectors.toSet());
            var beginnings = consumer.beginningOffsets(partitions, OFFSETS_TIMEOUT);
            unexplained.forEach(gap -> explain(gap, beginnings.getOrDefault(gap.partition(), 0L)));
            unexplained.clear();
        } catch (ApiException e) {
            LOG.debug("the first offsets are not known yet", e);
        }
    }

    private void explain(OffsetGap gap, long beginning) {
        var to = Math.min(beginning, gap.to());
        var lost = Math.min(gap.undone(), to - gap.from());
        if (lost > 0) {
            counter.accept(lost);
            LOG.warn(
                    "updates were deleted before they were read topic={} partition={} from={} to={} lost={}"
                            + " remedy=[send them again; raise the topic's retention.ms or retention.bytes]",
                    gap.partition().topic(),
                    gap.partition().partition(),
                    gap.from(),
                    to - 1,
                    lost);
        }
    }
}
