package groupsync.deadletters.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import groupsync.tool.Json;
import groupsync.tool.ProgressListener;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * The topic that remembers which letters were replayed: a note for each, written in one transaction with the update.
 *
 * <p>The offsets of a consumer group cannot remember it. An offset covers all letters before it, those that a filter left
 * out included; its metadata has room for 24,000 letters; and Kafka deletes the offsets of an empty group after seven days
 * (offsets.retention.minutes), while letters are kept for longer. The dead-letter topic itself is for refused events only:
 * an alert on new letters must not fire for each replay.
 */
public final class ReplayTopic implements AutoCloseable {

    private final KafkaCluster cluster;
    private final TopicDescription letters;
    private @Nullable TopicReader reader;

    public ReplayTopic(KafkaCluster cluster) {
        this.cluster = cluster;
        letters = cluster.topic(cluster.deadLetters());
    }

    public String name() {
        return cluster.deadLetters() + ".replayed";
    }

    /** Creates the topic, unless it exists. Its notes are kept for ever, so that no letter outlives its note. */
    public void create() {
        if (cluster.find(name()).isEmpty()) {
            var replication = (short) letters.partitions().get(0).replicas().size();
            cluster.create(new NewTopic(name(), 1, replication)
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
    }

    /** Reads the notes that are new since the last call; without the topic there are none. */
    public void catchUp(Consumer<Replay> each, ProgressListener progress) {
        if (reader == null && cluster.find(name()).isPresent()) {
            reader = new TopicReader(cluster, name(), TopicReader.COMMITTED);
        }
        if (reader != null) {
            reader.catchUp(note -> replay(note).ifPresent(each), progress);
        }
    }

    private Optional<Replay> replay(ConsumerRecord<byte[], byte[]> note) {
        return note.key() == null || !new String(note.key(), UTF_8).startsWith(prefix())
                ? Optional.empty()
                : Json.read(note.value()).flatMap(Replay::of);
    }

    /** The note to write about a replay. */
    public ProducerRecord<byte[], byte[]> note(Replay replay) {
        return new ProducerRecord<>(
                name(),
                (prefix() + replay.letter()).getBytes(UTF_8),
                Json.write(replay).getBytes(UTF_8));
    }

    /** If the dead-letter topic is deleted and created again, it has other letters at the same offsets, and another id. */
    private String prefix() {
        return letters.topicId() + "/";
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
