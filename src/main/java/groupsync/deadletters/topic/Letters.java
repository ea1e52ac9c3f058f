package groupsync.deadletters.topic;

import groupsync.deadletters.print.ProgressBar;
import groupsync.deadletters.topic.TopicReader.Span;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The letters that a command is about: those that were in the topic when it began, one partition after the other and
 * each partition in its order. They can be gone through more than once, and are not kept.
 */
public final class Letters implements AutoCloseable {

    private final TopicReader reader;
    private final Filter filter;
    private final List<Span> spans;

    public Letters(KafkaCluster cluster, Filter filter) {
        this.filter = filter;
        reader = new TopicReader(cluster, cluster.deadLetters(), TopicReader.ALL);
        var beginnings = reader.beginnings();
        var ends = reader.ends();
        spans = reader.partitions().stream()
                .filter(partition -> filter.partitions().contains(partition.partition()))
                .map(partition -> span(partition, beginnings, ends))
                .filter(span -> span.from() < span.to())
                .toList();
    }

    private Span span(TopicPartition partition, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        var offsets = filter.offsets();
        return new Span(
                partition,
                Math.max(beginnings.getOrDefault(partition, 0L), offsets.first()),
                Math.min(
                        ends.getOrDefault(partition, 0L),
                        offsets.last() == Long.MAX_VALUE ? offsets.last() : offsets.last() + 1));
    }

    /**
     * Reads all letters in the range.
     *
     * @param stop asked from time to time; {@code true} ends the reading
     */
    public void forEach(ProgressBar progress, BooleanSupplier stop, Consumer<DeadLetter> each) {
        progress.begin(spans.stream().mapToLong(span -> span.to() - span.from()).sum());
        for (var span : spans) {
            reader.read(
                    span,
                    stop,
                    source -> {
                        var letter = new DeadLetter(source);
                        if (filter.matches(letter)) {
                            each.accept(letter);
                        }
                    },
                    progress);
        }
        progress.end();
    }

    public void forEach(ProgressBar progress, Consumer<DeadLetter> each) {
        forEach(progress, () -> false, each);
    }

    /** The letter at that place, if it is still there. */
    public void at(RecordPosition place, Consumer<DeadLetter> each) {
        reader.read(
                new Span(place.topicPartition(), place.offset(), place.offset() + 1),
                () -> false,
                source -> each.accept(new DeadLetter(source)),
                ProgressBar.unseen());
    }

    @Override
    public void close() {
        reader.close();
    }
}
