package groupsync.kafka;

import groupsync.queue.SlotLoans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last look at all partitions of the consumer group, while it has other instances. */
final class GroupView {

    private static final Logger LOG = LoggerFactory.getLogger(GroupView.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** While nothing waits anywhere. */
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Clock steady;
    /** A loan that was seen holds, whatever comes later. */
    private final Map<Integer, SlotLoans> loans = new HashMap<>();

    private int partitions;
    private Instant next = Instant.MIN;
    private Instant nextIfSomethingWaits = Instant.MIN;
    private @Nullable GroupProgress progress;

    /** @param steady a clock that is never set */
    GroupView(Clock steady) {
        this.steady = steady;
    }

    /**
     * Asks Kafka, if it is time to and if there are other instances.
     *
     * @param ofAll the number of partitions of the topic
     * @param waits whether this instance has events that are not done
     */
    void look(Consumer<?, ?> consumer, int ofAll, boolean waits) {
        partitions = ofAll;
        var assigned = consumer.assignment();
        if (assigned.isEmpty() || assigned.size() >= ofAll) {
            progress = null;
        } else if (!steady.instant().isBefore(waits ? nextIfSomethingWaits : next)) {
            read(consumer, assigned.iterator().next().topic());
        }
    }

    private void read(Consumer<?, ?> consumer, String topic) {
        try {
            var all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toSet());
            var read = GroupProgress.read(consumer, all);
            read.loans().forEach((partition, known) -> loans.merge(partition, known, GroupView::newer));
            progress = read;
            var waits = IntStream.range(0, partitions).anyMatch(partition -> read.lag(partition) > 0);
            nextIfSomethingWaits = steady.instant().plus(INTERVAL);
            next = waits ? nextIfSomethingWaits : steady.instant().plus(IDLE_INTERVAL);
        } catch (ApiException e) {
            LOG.debug("the commits of the group are not known, nothing more is lent", e);
            progress = null;
            next = steady.instant().plus(AFTER_FAILURE);
            nextIfSomethingWaits = next;
        }
    }

    private static SlotLoans newer(SlotLoans before, SlotLoans after) {
        return after.end() < before.end() ? before : after;
    }

    /** The number of partitions of the topic. */
    int partitions() {
        return partitions;
    }

    /** {@code null} without other instances, and while Kafka does not answer. */
    @Nullable
    GroupProgress progress() {
        return progress;
    }

    /** The loans of the slots of all partitions that were seen. */
    Map<Integer, SlotLoans> loans() {
        return Map.copyOf(loans);
    }

    /** Notes loans that are about to be committed. */
    void committing(int partition, SlotLoans known) {
        loans.put(partition, known);
    }

    /** Forgets loans whose commit failed. */
    void notCommitted(Collection<Integer> failed) {
        loans.keySet().removeAll(failed);
    }
}
