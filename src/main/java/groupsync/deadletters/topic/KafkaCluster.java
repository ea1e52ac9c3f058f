package groupsync.deadletters.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka that the letters are in.
 *
 * @param client how to connect, as for any client of Kafka
 * @param maxRequestSize how large a record may be before the client refuses it
 */
public record KafkaCluster(
        Map<String, Object> client, int maxRequestSize, String updates, String outcomes, String deadLetters) {

    /** An operator waits for an answer, so no longer than this for a broker. */
    private static final int TIMEOUT_MILLIS = 10_000;

    /** What is open for longer than this is aborted; until then, it holds up the readers of its partition. */
    private static final int LONGEST_TRANSACTION_MILLIS = 10_000;

    public String brokers() {
        return String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /**
     * What there is to know of a topic.
     *
     * @throws ToolException if there is no such topic
     */
    public TopicDescription topic(String name) {
        return find(name).orElseThrow(() -> new ToolException("the topic " + name + " is missing at " + brokers()));
    }

    Optional<TopicDescription> find(String name) {
        try (var admin = admin()) {
            var found = admin.describeTopics(List.of(name)).allTopicNames().get();
            return Optional.ofNullable(found.get(name));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw denied(e, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Makes a topic, unless it is there. */
    void create(NewTopic topic) {
        try (var admin = admin()) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw denied(e, topic.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Kafka does not name the topic to somebody who has no right at all to it. */
    private ToolException denied(ExecutionException e, String topic) {
        return e.getCause() instanceof TopicAuthorizationException
                ? new ToolException("not authorized for the topic " + topic, e)
                : ToolException.of(e, this);
    }

    private Admin admin() {
        var settings = new HashMap<>(client);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        return Admin.create(settings);
    }

    /** Belongs to no group: it reads what it is told to and commits nothing. */
    KafkaConsumer<byte[], byte[]> consumer(String isolationLevel) {
        var settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What Kafka deletes while it is read is passed over, and not all that comes after it.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // All that is wanted is there already; for more, the broker would wait for half a second.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        var settings = new HashMap<>(client);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, LONGEST_TRANSACTION_MILLIS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestSize);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        // A transaction that the broker has aborted by then would be all that is left of it.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LONGEST_TRANSACTION_MILLIS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Duration patience() {
        return Duration.ofMillis(TIMEOUT_MILLIS);
    }
}
