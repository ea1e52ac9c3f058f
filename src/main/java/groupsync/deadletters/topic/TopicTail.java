package groupsync.deadletters.topic;

import groupsync.deadletters.print.ProgressBar;
import groupsync.deadletters.topic.TopicReader.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads all of a topic, and then, each time that it is asked to, what has come since. */
public final class TopicTail implements AutoCloseable {

    private final TopicReader reader;
    private final Map<TopicPartition, Long> next;

    public TopicTail(TopicReader reader) {
        this.reader = reader;
        next = new HashMap<>(reader.beginnings());
    }

    public void catchUp(Consumer<ConsumerRecord<byte[], byte[]>> each, ProgressBar progress) {
        var ends = reader.ends();
        progress.begin(ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L)))
                .sum());
        ends.forEach((partition, end) -> {
            var from = next.getOrDefault(partition, 0L);
            if (from < end) {
                reader.read(new Span(partition, from, end), () -> false, each, progress);
                next.put(partition, end);
            }
        });
        progress.end();
    }

    @Override
    public void close() {
        reader.close();
    }
}
