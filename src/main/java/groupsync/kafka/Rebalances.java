package groupsync.kafka;

import groupsync.queue.GroupQueues;
import java.util.Collection;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Tells the queues which partitions Kafka assigns and revokes, each time before Camel's own listener. */
final class Rebalances implements ConsumerRebalanceListener {

    private final Consumer<?, ?> consumer;
    private final Properties properties;
    private final GroupQueues queues;
    private final Lease lease;
    private final RevokedPartitions revoked;
    private final ConsumerRebalanceListener camels;
    private boolean sessionKnown;

    /** @param properties of the consumer */
    Rebalances(
            Consumer<?, ?> consumer,
            Properties properties,
            GroupQueues queues,
            Lease lease,
            RevokedPartitions revoked,
            ConsumerRebalanceListener camels) {
        this.consumer = consumer;
        this.properties = properties;
        this.queues = queues;
        this.lease = lease;
        this.revoked = revoked;
        this.camels = camels;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!sessionKnown) {
            lease.sessionTimeout(GroupSession.timeout(properties));
            sessionKnown = true;
        }
        var offsets = consumer.committed(Set.copyOf(partitions));
        partitions.forEach(partition -> queues.assigned(partition, offsets.get(partition)));
        camels.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        revoked.release(partitions);
        camels.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        revoked.finish(partitions);
        camels.onPartitionsLost(partitions);
    }
}
