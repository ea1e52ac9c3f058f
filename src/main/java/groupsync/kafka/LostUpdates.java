package groupsync.kafka;

import groupsync.queue.GroupQueues;
import groupsync.queue.OffsetGap;
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
 * Updates that were deleted from their topic before they were read, by retention or by hand.
 *
 * <p>Kafka's consumer then reads on at the first record that is left, and says nothing. Offsets also jump where
 * nothing is lost: at the end of a transaction, at an aborted one, and after compaction. The first offset of the
 * partition tells the two apart: only what lies before it was deleted.
 */
public final class LostUpdates {

    private static final Logger LOG = LoggerFactory.getLogger(LostUpdates.class);
    /** A partition without records has no urgent news, and asking costs a little. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private static final Duration OFFSETS_TIMEOUT = Duration.ofMillis(500);

    private final GroupQueues inHand;
    private final LongConsumer counter;
    private final Clock clock;
    private final List<OffsetGap> unexplained = new ArrayList<>();
    private Instant nextLook = Instant.MIN;

    /** @param counter is given the number of updates that were lost, each time that some were */
    public LostUpdates(GroupQueues inHand, LongConsumer counter, Clock clock) {
        this.inHand = inHand;
        this.counter = counter;
        this.clock = clock;
    }

    /** Compares what was polled with what was expected, before it is handed on; on the polling thread. */
    void look(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
        positions(consumer, polled).forEach((partition, position) -> {
            inHand.jump(partition, position).ifPresent(unexplained::add);
            // Where all is deleted no record follows, and the next look should not find the same again.
            if (polled.records(partition).isEmpty()) {
                inHand.readUpTo(partition, position);
            }
        });
        if (!unexplained.isEmpty()) {
            explain(consumer);
        }
    }

    private Map<TopicPartition, Long> positions(Consumer<?, ?> consumer, ConsumerRecords<?, ?> polled) {
        var positions = new HashMap<TopicPartition, Long>();
        if (!clock.instant().isBefore(nextLook)) {
            nextLook = clock.instant().plus(LOOK_INTERVAL);
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
        Map<TopicPartition, Long> begins;
        try {
            begins = consumer.beginningOffsets(
                    unexplained.stream().map(OffsetGap::partition).collect(Collectors.toSet()), OFFSETS_TIMEOUT);
        } catch (ApiException e) {
            LOG.debug("the begin of partitions is asked for again", e);
            return;
        }
        unexplained.forEach(gap -> explain(gap, begins.getOrDefault(gap.partition(), 0L)));
        unexplained.clear();
    }

    private void explain(OffsetGap gap, long begin) {
        var to = Math.min(begin, gap.to());
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
