package groupsync.deadletters.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.deadletters.ToolContext;
import groupsync.deadletters.print.ProgressBar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * <p>A consumer group's offsets cannot remember it. An offset says nothing of the letters before it that a filter left
 * out, its metadata has room for 24,000 of them, and Kafka forgets the offsets of a group that nobody is in after
 * seven days (offsets.retention.minutes), while letters are kept for longer. And the dead-letter topic itself is left
 * to what was refused: whoever is called for each new letter there should not be called for each that was replayed.
 */
public final class ReplayTopic implements AutoCloseable {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    private final KafkaCluster cluster;
    private final TopicDescription letters;
    private @Nullable TopicTail follower;

    public ReplayTopic(KafkaCluster cluster) {
        this.cluster = cluster;
        letters = cluster.topic(cluster.deadLetters());
    }

    public String topic() {
        return cluster.deadLetters() + ".replayed";
    }

    /** Makes the topic, if this is the first replay. Notes are kept for ever: no letter may outlive its own. */
    public void create() {
        if (cluster.find(topic()).isEmpty()) {
            var replication = (short) letters.partitions().get(0).replicas().size();
            cluster.create(new NewTopic(topic(), 1, replication)
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        }
    }

    /** Reads the notes that were not yet read; without the topic there are none. */
    public void catchUp(Consumer<Replay> each, ProgressBar progress) {
        if (follower == null && cluster.find(topic()).isPresent()) {
            follower = new TopicTail(new TopicReader(cluster, topic(), TopicReader.COMMITTED));
        }
        if (follower != null) {
            follower.catchUp(note -> read(note).ifPresent(each), progress);
        }
    }

    private Optional<Replay> read(ConsumerRecord<byte[], byte[]> note) {
        if (note.key() == null
                || note.value() == null
                || !new String(note.key(), StandardCharsets.UTF_8).startsWith(prefix())) {
            return Optional.empty();
        }
        try {
            return Replay.of(JSON.readTree(note.value()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public ProducerRecord<byte[], byte[]> note(Replay replay) {
        return new ProducerRecord<>(
                topic(),
                (prefix() + replay.letter()).getBytes(StandardCharsets.UTF_8),
                ToolContext.json(replay).getBytes(StandardCharsets.UTF_8));
    }

    /** A dead-letter topic that is deleted and made again has other letters at the same offsets, and another id. */
    private String prefix() {
        return letters.topicId() + "/";
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }
}
