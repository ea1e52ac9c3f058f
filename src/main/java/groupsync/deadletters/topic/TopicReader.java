package groupsync.deadletters.topic;

import groupsync.tool.ProgressListener;
import groupsync.tool.ToolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic, one partition after the other, and keeps no record. */
public final class TopicReader implements AutoCloseable {

    /** Reads every record. */
    static final String ALL = "read_uncommitted";
    /** Reads the records of a transaction once it is committed, and never if it is aborted. */
    static final String COMMITTED = "read_committed";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(KafkaCluster.TIMEOUT_MILLIS);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<TopicPartition> partitions;
    /** The first offset of each partition that is not read yet. */
    private final Map<TopicPartition, Long> next;

    /** @throws ToolException if there is no such topic */
    TopicReader(KafkaCluster cluster, String topic, String isolationLevel) {
        this.topic = topic;
        partitions = cluster.topic(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer = cluster.consumer(isolationLevel);
        next = new HashMap<>(consumer.beginningOffsets(partitions));
    }

    /** The outcomes of all updates, from the oldest that Kafka has. */
    public static TopicReader ofOutcomes(KafkaCluster cluster) {
        return new TopicReader(cluster, cluster.outcomes(), ALL);
    }

    /** Reads the records to the present end and, at each further call, those that are new since the last one. */
    public void catchUp(Consumer<ConsumerRecord<byte[], byte[]>> each, ProgressListener progress) {
        var spans = unread();
        read(spans, () -> false, each, progress);
        spans.forEach(span -> next.merge(span.partition(), span.to(), Math::max));
    }

    /** A span for each partition, to its present end. */
    List<Span> unread() {
        var ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(partition ->
                        new Span(partition, next.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L)))
                .toList();
    }

    /** Reads the records of the spans until {@code stop} is true. */
    void read(
            List<Span> spans,
            BooleanSupplier stop,
            Consumer<ConsumerRecord<byte[], byte[]>> each,
            ProgressListener progress) {
        progress.started(spans.stream().mapToLong(Span::length).sum());
        spans.stream().filter(span -> span.length() > 0).forEach(span -> read(span, stop, each, progress));
        progress.ended();
    }

    private void read(
            Span span, BooleanSupplier stop, Consumer<ConsumerRecord<byte[], byte[]>> each, ProgressListener progress) {
        consumer.assign(List.of(span.partition()));
        consumer.seek(span.partition(), span.from());
        var position = span.from();
        var lastAdvance = System.nanoTime();
        while (position < span.to() && !stop.getAsBoolean()) {
            for (var source : consumer.poll(POLL)) {
                if (source.offset() < span.to() && !stop.getAsBoolean()) {
                    each.accept(source);
                }
            }
            // May be behind the last record: the marks that end transactions have offsets too.
            var reached = consumer.position(span.partition());
            if (reached > position) {
                progress.advanced(Math.min(reached, span.to()) - position);
                position = reached;
                lastAdvance = System.nanoTime();
            } else if (System.nanoTime() - lastAdvance > TIMEOUT_NANOS) {
                throw new ToolException("nothing more comes from the topic " + topic);
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    /** The offsets of a partition from one to another, the latter excluded. */
    record Span(TopicPartition partition, long from, long to) {

        long length() {
            return Math.max(0, to - from);
        }
    }
}
