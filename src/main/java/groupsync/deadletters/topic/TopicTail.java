package groupsync.deadletters.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic to its end, and at each further call the records that are new since the last one. */
public final class TopicTail implements AutoCloseable {

    private final TopicReader reader;
    private final Map<TopicPartition, Long> next;

    TopicTail(KafkaCluster cluster, String topic, String isolationLevel) {
        reader = new TopicReader(cluster, topic, isolationLevel);
        next = new HashMap<>(reader.beginnings());
    }

    /** The outcomes of all updates, from the oldest that Kafka has. */
    public static TopicTail ofOutcomes(KafkaCluster cluster) {
        return new TopicTail(cluster, cluster.outcomes(), TopicReader.ALL);
    }

    /** Reads the records from the last end to the present one. */
    public void catchUp(Consumer<ConsumerRecord<byte[], byte[]>> each, ProgressListener progress) {
        var spans = reader.spansFrom(next);
        reader.read(spans, () -> false, each, progress);
        spans.forEach(span -> next.merge(span.partition(), span.to(), Math::max));
    }

    @Override
    public void close() {
        reader.close();
    }
}
