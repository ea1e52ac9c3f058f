package groupsync.deadletters.topic;

import groupsync.tool.ToolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka cluster that has the letters, and the names of the service's topics there.
 *
 * @param client settings of any client of Kafka, which say how to connect
 * @param maxRequestSize bytes of the largest record that the producer sends
 */
public record KafkaCluster(
        Map<String, Object> client, int maxRequestSize, String updates, String outcomes, String deadLetters) {

    /** An operator waits for the answer of a broker, and no longer than this. */
    static final int TIMEOUT_MILLIS = 10_000;

    /** The broker aborts a transaction that is open for longer; until then, it holds up the readers of its partition. */
    private static final int LONGEST_TRANSACTION_MILLIS = 10_000;

    public String brokers() {
        return String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /**
     * Describes a topic.
     *
     * @throws ToolException if there is no such topic
     */
    public TopicDescription topic(String name) {
        return find(name).orElseThrow(() -> new ToolException("the topic " + name + " is missing at " + brokers()));
    }

    Optional<TopicDescription> find(String name) {
        return ask(
                        admin -> admin.describeTopics(List.of(name)).allTopicNames(),
                        name,
                        UnknownTopicOrPartitionException.class)
                .map(found -> found.get(name));
    }

    /** Creates a topic, unless it exists. */
    void create(NewTopic topic) {
        ask(admin -> admin.createTopics(List.of(topic)).all(), topic.name(), TopicExistsException.class);
    }

    /** The answer of the brokers; empty if it is that failure. */
    private <T> Optional<T> ask(
            Function<Admin, KafkaFuture<T>> question, String topic, Class<? extends ApiException> failure) {
        var settings = settings();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (var admin = Admin.create(settings)) {
            return Optional.ofNullable(question.apply(admin).get());
        } catch (ExecutionException e) {
            if (failure.isInstance(e.getCause())) {
                return Optional.empty();
            }
            // Kafka does not name a topic to a client that has no right to it.
            throw e.getCause() instanceof TopicAuthorizationException
                    ? new ToolException("not authorized for the topic " + topic, e)
                    : KafkaFailure.of(e, this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Belongs to no consumer group, and commits nothing. */
    KafkaConsumer<byte[], byte[]> consumer(String isolationLevel) {
        var settings = settings();
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // If Kafka deletes records while they are read, reading continues behind them, and not at the end.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // All records to read exist; for more, the broker would wait half a second.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Creates a producer of transactions; one with the same id ends an earlier one. */
    public KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        var settings = settings();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, LONGEST_TRANSACTION_MILLIS);
        // Later, the broker has aborted the transaction.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, LONGEST_TRANSACTION_MILLIS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestSize);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        return settings;
    }
}
