package groupsync.deadletters.topic;

import groupsync.deadletters.print.ProgressBar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic, one partition after the other, and keeps nothing of it. */
public final class TopicReader implements AutoCloseable {

    /** All that may be read. */
    public static final String ALL = "read_uncommitted";
    /** What a transaction wrote is read when it is over, and not at all if it was aborted. */
    static final String COMMITTED = "read_committed";

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<TopicPartition> partitions;

    /** @throws ToolException if there is no such topic */
    public TopicReader(KafkaCluster cluster, String topic, String isolationLevel) {
        this.topic = topic;
        partitions = cluster.topic(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer = cluster.consumer(isolationLevel);
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    Map<TopicPartition, Long> beginnings() {
        return consumer.beginningOffsets(partitions);
    }

    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /**
     * Reads from one offset up to, and without, another.
     *
     * @param stop asked from time to time whether nobody wants the rest
     */
    void read(Span span, BooleanSupplier stop, Consumer<ConsumerRecord<byte[], byte[]>> each, ProgressBar progress) {
        var partition = span.partition();
        consumer.assign(List.of(partition));
        consumer.seek(partition, span.from());
        var position = span.from();
        var moved = System.nanoTime();
        while (position < span.to() && !stop.getAsBoolean()) {
            for (var source : consumer.poll(POLL)) {
                if (source.offset() < span.to() && !stop.getAsBoolean()) {
                    each.accept(source);
                }
            }
            // Not that of the last record: the marks that end transactions have offsets too.
            var reached = consumer.position(partition);
            if (reached > position) {
                progress.add(Math.min(reached, span.to()) - position);
                position = reached;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > KafkaCluster.patience().toNanos()) {
                throw new ToolException("nothing more comes from the topic " + topic);
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** A part of a partition: from one offset up to, and without, another. */
    record Span(TopicPartition partition, long from, long to) {}
}
