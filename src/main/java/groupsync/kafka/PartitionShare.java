package groupsync.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of the updates topic that this instance owns, out of all. Its part of the rate limit depends on them. */
final class PartitionShare {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionShare.class);
    private static final Duration METADATA_TIMEOUT = Duration.ofMillis(500);

    private final Consumer<?, ?> consumer;
    private final KafkaClients.Ownership listener;
    private final SlotLending lending;
    private int partitions;

    PartitionShare(Consumer<?, ?> consumer, KafkaClients.Ownership listener, SlotLending lending) {
        this.consumer = consumer;
        this.listener = listener;
        this.lending = lending;
    }

    /** Looks at the other partitions of the group, if it is time to. */
    void look() {
        lending.look(consumer, partitions);
    }

    /** Lends the slots that are not needed; just before a commit. */
    void lend() {
        lending.lend();
        // From the commit on, others may use them.
        report();
    }

    /** Reports all assigned partitions. */
    void report() {
        reportWithout(Set.of());
    }

    /** @param revoked partitions that are still assigned, but no longer owned */
    void reportWithout(Collection<TopicPartition> revoked) {
        var owned = new HashSet<>(consumer.assignment());
        owned.removeAll(revoked);
        owned.stream().findAny().ifPresent(any -> partitions = partitionsOf(any.topic()));
        var numbers = owned.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        listener.owns(numbers, partitions, lending.loans());
    }

    /** The client has it in memory, unless the topic was deleted a moment ago. */
    private int partitionsOf(String topic) {
        try {
            return consumer.partitionsFor(topic, METADATA_TIMEOUT).size();
        } catch (ApiException e) {
            LOG.debug("the number of partitions is not known, the last one still holds", e);
            return partitions;
        }
    }
}
