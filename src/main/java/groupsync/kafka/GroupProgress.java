package groupsync.kafka;

import groupsync.queue.OwnedPartitions;
import groupsync.queue.SlotLoans;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka shows of all partitions of a consumer group, whichever instances own them.
 *
 * @param ends the offset of the next record of each partition
 * @param committed the committed offset of each partition, where there is one
 * @param loans of the time slots of each partition, as its commit notes them
 */
record GroupProgress(Map<Integer, Long> ends, Map<Integer, Long> committed, Map<Integer, SlotLoans> loans) {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /**
     * Asks Kafka.
     *
     * @throws org.apache.kafka.common.errors.ApiException if Kafka does not answer in half a second
     */
    static GroupProgress read(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        var ends = new HashMap<Integer, Long>();
        consumer.endOffsets(partitions, TIMEOUT).forEach((partition, end) -> ends.put(partition.partition(), end));
        var committed = new HashMap<Integer, Long>();
        var loans = new HashMap<Integer, SlotLoans>();
        consumer.committed(partitions, TIMEOUT).forEach((partition, commit) -> {
            if (commit != null) {
                committed.put(partition.partition(), commit.offset());
                loans.put(partition.partition(), OwnedPartitions.loansOf(commit));
            }
        });
        return new GroupProgress(ends, committed, loans);
    }

    /** The records behind the committed offset; 0 before the first commit, which comes within a second. */
    long lag(int partition) {
        var end = ends.getOrDefault(partition, 0L);
        return Math.max(0, end - committed.getOrDefault(partition, end));
    }

    /** The records behind this offset. */
    long behind(int partition, long offset) {
        return Math.max(0, ends.getOrDefault(partition, offset) - offset);
    }
}
