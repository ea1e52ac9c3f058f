package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.docs.AsyncApi;
import groupsync.sandbox.ZoomStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Three topics of one test, and a consumer group. */
public final class Topics implements AutoCloseable {

    public static final JsonMapper JSON = new JsonMapper();

    static {
        Patience.isTheDefault();
    }

    public final String updates;
    public final String outcomes;
    public final String deadLetters;
    public final String group;
    private final String brokers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    Topics(int partitions) {
        this(TestBroker.brokers());
        createAll(partitions);
    }

    /** The names only; the topics are not created yet. */
    public Topics(String brokers) {
        this.brokers = brokers;
        var name = "test-" + UUID.randomUUID();
        updates = name + ".updates";
        outcomes = name + ".outcomes";
        deadLetters = name + ".dead-letters";
        group = name;
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void createAll(int partitions) {
        create(updates, partitions);
        create(outcomes, partitions);
        create(deadLetters, 1);
    }

    public void create(String topic, int partitions) {
        create(topic, partitions, Map.of());
    }

    public void create(String topic, int partitions, Map<String, String> configuration) {
        await(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configuration)))
                .all());
        // Before a broker leads a new partition, it refuses a producer's first batch, accepts its second, and then the
        // first is out of order.
        ends(topic);
    }

    /** Sets a setting of an existing topic. */
    public void configure(String topic, String setting, String value) {
        var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all());
    }

    public void delete(String topic) {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    public TopicRights rights() {
        return new TopicRights(admin);
    }

    /** Gives a user all rights on these topics and on the consumer group. */
    void allowAll(String user) {
        List.of(updates, outcomes, deadLetters).forEach(topic -> rights().allow(user, ResourceType.TOPIC, topic));
        rights().allow(user, ResourceType.GROUP, group);
    }

    /** The service's settings for these topics. */
    public Map<String, String> settings() {
        return Map.of(
                "kafka.brokers", brokers,
                "consumer.group", group,
                "topics.updates", updates,
                "topics.outcomes", outcomes,
                "topics.dead-letters", deadLetters);
    }

    /** The settings of a service on these topics that sends a request for each event, as fast as Zoom answers. */
    public Map<String, String> settings(ZoomStandIn zoom) {
        var settings = new HashMap<>(settings());
        settings.putAll(zoom.settings());
        settings.put("zoom.requests-per-second", "0");
        settings.put("updates.merge", "false");
        return settings;
    }

    public Transactions transactions() {
        return new Transactions(brokers, admin, updates);
    }

    /** Sends an update, and waits for the broker's acknowledgement. */
    public ConsumerPosition send(@Nullable String key, byte @Nullable [] value, Header... headers) {
        var bytes = key == null ? null : key.getBytes(UTF_8);
        var sent = await(producer.send(new ProducerRecord<>(updates, null, bytes, value, List.of(headers))));
        return new ConsumerPosition(sent.topic(), sent.partition(), sent.offset());
    }

    /** Sends an update with this timestamp, without waiting. */
    void sendAt(@Nullable Long timestamp, String key, String value) {
        var unused = producer.send(
                new ProducerRecord<>(updates, null, timestamp, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /** Deletes the updates before that offset, as retention does. */
    void deleteUpdates(int partition, long before) {
        await(admin.deleteRecords(Map.of(new TopicPartition(updates, partition), RecordsToDelete.beforeOffset(before)))
                .all());
    }

    /** Sends an update without waiting. */
    public void sendAsync(String key, String value) {
        sendAt(null, key, value);
    }

    /** Waits until the broker has all updates that were sent. */
    public void flush() {
        producer.flush();
    }

    record ConsumerPosition(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "-" + offset;
        }
    }

    /** All records of a topic, once there are enough or the time is over. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, IntPredicate enough, Duration time) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                // Without those of aborted transactions.
                Map.<String, Object>of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = ends(topic).keySet();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var deadline = System.nanoTime() + time.toNanos();
            while (!enough.test(records.size()) && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            // On to the present end: more records than wanted are as wrong as fewer. The end of a transaction is in
            // the topic a moment after its producer's commit.
            var ends = ends(topic);
            var longest = System.nanoTime() + Patience.LONGEST.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                assertThat(System.nanoTime())
                        .as("a transaction is open in %s", topic)
                        .isLessThan(longest);
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The number of records ever in a topic, with the markers of transactions. */
    public long end(String topic) {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The end of each partition, once the broker knows the topic and leads its partitions. */
    private Map<TopicPartition, Long> ends(String topic) {
        return Awaitility.await()
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> presentEnds(topic), ends -> !ends.isEmpty());
    }

    private Map<TopicPartition, Long> presentEnds(String topic) {
        var description = await(admin.describeTopics(List.of(topic)).allTopicNames());
        var partitions = description.get(topic).partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition.partition()), any -> OffsetSpec.latest()));
        return await(admin.listOffsets(partitions).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** The outcomes, once there are as many as wanted, checked against docs/asyncapi.yaml. */
    public List<JsonNode> outcomes(int wanted) {
        var published = records(outcomes, count -> count >= wanted, Patience.LONGEST);
        assertThat(published)
                .allSatisfy(outcome ->
                        assertThat(AsyncApi.violations("outcome", outcome)).isEmpty());
        return published.stream().map(outcome -> json(outcome.value())).toList();
    }

    /** The values of a field in the outcomes, once there are as many as wanted. */
    List<String> outcomes(int wanted, String field) {
        return outcomes(wanted).stream()
                .map(outcome -> outcome.path(field).asText())
                .toList();
    }

    /** The only dead letter, once there is one. */
    ConsumerRecord<byte[], byte[]> deadLetter() {
        var letters = deadLetters(1);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    /** The dead letters, once there are as many as wanted, checked against docs/asyncapi.yaml. */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters(int wanted) {
        var published = records(deadLetters, count -> count >= wanted, wanted == 0 ? Duration.ZERO : Patience.LONGEST);
        assertThat(published)
                .allSatisfy(letter ->
                        assertThat(AsyncApi.violations("deadLetter", letter)).isEmpty());
        return published;
    }

    public static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(new String(value, UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static @Nullable String header(ConsumerRecord<?, ?> source, String name) {
        var header = source.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** The number of updates behind the committed offsets. */
    long lag() {
        return lag(group);
    }

    /** The same of another consumer group. */
    public long lag(String ofGroup) {
        var committed = await(admin.listConsumerGroupOffsets(ofGroup).partitionsToOffsetAndMetadata());
        return ends(updates).entrySet().stream()
                .mapToLong(end -> {
                    var offset = committed.get(end.getKey());
                    return end.getValue() - (offset == null ? 0 : offset.offset());
                })
                .sum();
    }

    /** The number of members of a consumer group with partitions; 0 for a group that does not exist. */
    public long membersAtWork(String ofGroup) {
        try {
            return await(admin.describeConsumerGroups(List.of(ofGroup)).all()).get(ofGroup).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.get(Patience.LONGEST.toSeconds(), SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
