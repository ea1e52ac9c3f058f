package groupsync.kafka;

import groupsync.queue.GroupQueues;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Partitions that this instance has to release. Their requests in flight end first; the updates that still wait are left to
 * the next owner.
 */
final class RevokedPartitions {

    /** Less than the 30 s that a stop may take, and more than the longest request (zoom.response-timeout). */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final Consumer<?, ?> consumer;
    private final GroupQueues queues;
    private final OffsetCommitter committer;
    private final PartitionShare share;
    private final SlotLending lending;

    RevokedPartitions(
            Consumer<?, ?> consumer,
            GroupQueues queues,
            OffsetCommitter committer,
            PartitionShare share,
            SlotLending lending) {
        this.consumer = consumer;
        this.queues = queues;
        this.committer = committer;
        this.share = share;
        this.lending = lending;
    }

    /** Finishes and commits these partitions. Kafka assigns them to another instance after this call. */
    void release(Collection<TopicPartition> partitions) {
        lending.releasing(consumer, partitions);
        var offsets = finish(partitions);
        if (!offsets.isEmpty() && !committer.commitLast(offsets)) {
            lending.notReleased(partitions);
            share.reportWithout(partitions);
        }
    }

    /**
     * Waits for the requests in flight, without a commit: if the partitions are lost, Kafka has assigned them already.
     *
     * @return the offsets to commit
     */
    Map<TopicPartition, OffsetAndMetadata> finish(Collection<TopicPartition> partitions) {
        share.reportWithout(partitions);
        try {
            return queues.revoke(partitions, LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } finally {
            committer.forget(partitions);
        }
    }
}
