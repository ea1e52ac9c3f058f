package groupsync.deadletters.topic;

import groupsync.deadletters.topic.TopicReader.Span;
import groupsync.tool.ProgressListener;
import groupsync.tool.ToolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** The last records of the updates topic that the service can read. */
public final class LastUpdates {

    private static final Comparator<ConsumerRecord<byte[], byte[]>> OLDEST_FIRST = Comparator.comparingLong(
                    (ConsumerRecord<byte[], byte[]> source) -> source.timestamp())
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset);

    private LastUpdates() {}

    /**
     * The last records of all partitions together, by their timestamps, the oldest first.
     *
     * @param count the most records
     * @throws ToolException if Kafka does not give them
     */
    public static List<ConsumerRecord<byte[], byte[]>> read(
            KafkaCluster cluster, int count, ProgressListener progress) {
        var last = new PriorityQueue<ConsumerRecord<byte[], byte[]>>(OLDEST_FIRST);
        try (var reader = new TopicReader(cluster, cluster.updates(), TopicReader.COMMITTED)) {
            for (var span : reader.unread()) {
                for (var source : lastOf(span, reader, count, progress)) {
                    last.add(source);
                    if (last.size() > count) {
                        last.remove();
                    }
                }
            }
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, cluster);
        }
        var sorted = new ArrayList<>(last);
        sorted.sort(OLDEST_FIRST);
        return sorted;
    }

    /** Reads twice as far back until there are enough: offsets may have no record, after transactions and compaction. */
    private static Collection<ConsumerRecord<byte[], byte[]>> lastOf(
            Span span, TopicReader reader, int count, ProgressListener progress) {
        for (long length = count; ; length *= 2) {
            var records = new ArrayDeque<ConsumerRecord<byte[], byte[]>>();
            var from = Math.max(span.from(), span.to() - length);
            var tail = new Span(span.partition(), from, span.to());
            reader.read(
                    List.of(tail),
                    () -> false,
                    source -> {
                        records.add(source);
                        if (records.size() > count) {
                            records.remove();
                        }
                    },
                    progress);
            if (records.size() == count || from <= span.from()) {
                return records;
            }
        }
    }
}
