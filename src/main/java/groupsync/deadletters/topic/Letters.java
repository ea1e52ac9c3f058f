package groupsync.deadletters.topic;

import groupsync.deadletters.topic.TopicReader.Span;
import groupsync.tool.ProgressListener;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The letters that a filter lets through: those that were in the topic when the command began, one partition after the
 * other and each partition in its order. They are read anew each time, and not kept.
 */
public final class Letters implements AutoCloseable {

    private final TopicReader reader;
    private final Filter filter;
    private final List<Span> spans;

    public Letters(KafkaCluster cluster, Filter filter) {
        this.filter = filter;
        reader = new TopicReader(cluster, cluster.deadLetters(), TopicReader.ALL);
        spans = reader.unread().stream()
                .filter(span -> filter.partitions().contains(span.partition().partition()))
                .map(span -> new Span(
                        span.partition(),
                        Math.max(span.from(), filter.offsets().first()),
                        Math.min(span.to() - 1, filter.offsets().last()) + 1))
                .toList();
    }

    /** Reads the letters until {@code stop} is true. */
    public void forEach(ProgressListener progress, BooleanSupplier stop, Consumer<DeadLetter> each) {
        reader.read(
                spans,
                stop,
                source -> {
                    var letter = new DeadLetter(source);
                    if (filter.matches(letter)) {
                        each.accept(letter);
                    }
                },
                progress);
    }

    /** Reads all letters. */
    public void forEach(ProgressListener progress, Consumer<DeadLetter> each) {
        forEach(progress, () -> false, each);
    }

    /** Reads the letter at that position, unless Kafka has deleted it. */
    public void at(RecordPosition position, Consumer<DeadLetter> each) {
        var span = new Span(position.topicPartition(), position.offset(), position.offset() + 1);
        reader.read(List.of(span), () -> false, source -> each.accept(new DeadLetter(source)), ProgressListener.NONE);
    }

    @Override
    public void close() {
        reader.close();
    }
}
