package groupsync.queue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The queues that are ready. Their partitions take turns, so that a partition with many events does not hold up those of
 * another, and so that no partition is done long before the others: its owner may lose the others.
 */
final class ReadyQueues {

    /** First the partition whose turn it is; none without a queue. */
    private final Map<TopicPartition, Set<GroupQueue>> partitions = new LinkedHashMap<>();

    void add(GroupQueue queue) {
        partitions
                .computeIfAbsent(partition(queue), any -> new LinkedHashSet<>())
                .add(queue);
    }

    /** Removes a queue, and returns whether it was there. The next turn of its partition comes after those of the others. */
    boolean remove(GroupQueue queue) {
        var partition = partition(queue);
        var queues = partitions.get(partition);
        if (queues == null || !queues.remove(queue)) {
            return false;
        }
        partitions.remove(partition);
        if (!queues.isEmpty()) {
            partitions.put(partition, queues);
        }
        return true;
    }

    boolean contains(GroupQueue queue) {
        return partitions.getOrDefault(partition(queue), Set.of()).contains(queue);
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }

    /** Of the partition whose turn it is, the queue that is ready for the longest time. */
    GroupQueue first() {
        return partitions.values().iterator().next().iterator().next();
    }

    Stream<GroupQueue> stream() {
        return partitions.values().stream().flatMap(Collection::stream);
    }

    /** The same while a queue is ready: its first update changes only while it is taken. */
    private static TopicPartition partition(GroupQueue queue) {
        return queue.first().event().source().partition();
    }
}
