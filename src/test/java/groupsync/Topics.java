package groupsync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.docs.AsyncApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
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
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Three topics of its own for each test; what is sent to them and read from them. */
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

    /** Names on that broker, for topics that are yet to be created. */
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
                .all()
                .toCompletionStage()
                .toCompletableFuture());
        // Before a broker leads a new partition, it refuses a producer's first batch, takes its second, and then the
        // first is out of order.
        var ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Awaitility.await()
                .ignoreExceptionsInstanceOf(CompletionException.class)
                .until(
                        () -> admin.listOffsets(ends)
                                .all()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join(),
                        Objects::nonNull);
    }

    /** Sets a setting of a topic that is there already. */
    public void configure(String topic, String setting, String value) {
        var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    public void delete(String topic) {
        await(admin.deleteTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
    }

    /** From now on nobody may write to the topic; the broker needs an authorizer for it. */
    public void forbidWriting(String topic) {
        // Once a resource has rules, what none of them allows is refused.
        await(admin.createAcls(List.of(
                        rule(topic, "User:*", AclOperation.ALL, AclPermissionType.ALLOW),
                        rule(topic, "User:*", AclOperation.WRITE, AclPermissionType.DENY)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    public void allowWriting(String topic) {
        await(admin.deleteAcls(List.of(rule(topic, "User:*", AclOperation.WRITE, AclPermissionType.DENY)
                        .toFilter()))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    /** Gives a user the rights that the service needs, and more. */
    void allowAll(String user) {
        var rights = List.of(updates, outcomes, deadLetters).stream()
                .map(topic -> rule(topic, "User:" + user, AclOperation.ALL, AclPermissionType.ALLOW));
        var ofGroup = new AclBinding(
                new ResourcePattern(ResourceType.GROUP, group, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW));
        await(admin.createAcls(Stream.concat(rights, Stream.of(ofGroup)).toList())
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    private static AclBinding rule(String topic, String who, AclOperation what, AclPermissionType whether) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry(who, "*", what, whether));
    }

    /** What the service has to be told to use them. */
    public Map<String, String> settings() {
        return Map.of(
                "kafka.brokers", brokers,
                "consumer.group", group,
                "topics.updates", updates,
                "topics.outcomes", outcomes,
                "topics.dead-letters", deadLetters);
    }

    /** Sends an update, and waits until the broker has it. */
    public ConsumerPosition send(@Nullable String key, byte @Nullable [] value, Header... headers) {
        var sent = await(java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return producer.send(new ProducerRecord<>(
                                updates,
                                null,
                                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                                value,
                                List.of(headers)))
                        .get(30, SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }));
        return new ConsumerPosition(sent.topic(), sent.partition(), sent.offset());
    }

    /** Sends updates in a transaction, as a replay of dead letters does, and ends it so or so. */
    void sendInTransaction(boolean commit, String key, String... values) {
        try (var transactional = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        brokers,
                        "transactional.id",
                        UUID.randomUUID().toString()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            for (var value : values) {
                var unused = transactional.send(new ProducerRecord<>(
                        updates, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
            }
            if (commit) {
                transactional.commitTransaction();
            } else {
                transactional.flush();
                transactional.abortTransaction();
            }
        }
    }

    /** Sends an update that says it is of this time, without waiting. */
    void sendAt(long timestamp, String key, String value) {
        var unused = producer.send(new ProducerRecord<>(
                updates,
                null,
                timestamp,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends updates in a transaction that stays open, as that of a producer that was killed at a bad moment. */
    public void leaveTransactionOpen(String key, String... values) {
        try (var transactional = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        brokers,
                        "transactional.id",
                        UUID.randomUUID().toString(),
                        // The longest that a broker allows.
                        "transaction.timeout.ms",
                        900_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            for (var value : values) {
                var unused = transactional.send(new ProducerRecord<>(
                        updates, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
            }
            transactional.flush();
            transactional.close(Duration.ZERO);
        }
    }

    /** Ends the transaction that began there, as {@code kafka-transactions.sh abort --start-offset} does. */
    public void abortTransaction(int partition, long begin) {
        var where = new TopicPartition(updates, partition);
        var transaction = await(admin.describeProducers(List.of(where))
                        .partitionResult(where)
                        .toCompletionStage()
                        .toCompletableFuture())
                .activeProducers()
                .stream()
                .filter(producer -> producer.currentTransactionStartOffset().equals(OptionalLong.of(begin)))
                .findFirst()
                .orElseThrow();
        await(admin.abortTransaction(new AbortTransactionSpec(
                        where,
                        transaction.producerId(),
                        (short) transaction.producerEpoch(),
                        transaction.coordinatorEpoch().orElse(0)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    /** Deletes the updates before that offset, as retention does. */
    void deleteUpdates(int partition, long before) {
        await(admin.deleteRecords(Map.of(new TopicPartition(updates, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    /** Sends an update without waiting. */
    void sendAsync(String key, String value) {
        var unused = producer.send(new ProducerRecord<>(
                updates, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
    }

    void flush() {
        producer.flush();
    }

    record ConsumerPosition(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "-" + offset;
        }
    }

    /** All records of a topic, once there are as many as wanted, or when the time is over. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, IntPredicate enough, Duration time) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                // What an aborted transaction left behind is no record.
                Map.<String, Object>of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var deadline = System.nanoTime() + time.toNanos();
            while (!enough.test(records.size()) && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            // What is there already is read too: more than wanted is as wrong as less. That is also what a transaction
            // wrote whose end is not yet in the topic, which is a moment later than it is over for its producer.
            var ends = await(admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
            var longest = System.nanoTime() + Patience.LONGEST.toNanos();
            while (partitions.stream()
                    .anyMatch(partition ->
                            consumer.position(partition) < ends.get(partition).offset())) {
                assertThat(System.nanoTime())
                        .as("a transaction is open in %s", topic)
                        .isLessThan(longest);
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** All of them: a broker may not know yet of a topic that was just created. */
    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return Awaitility.await()
                .pollInSameThread()
                .until(() -> consumer.partitionsFor(topic), partitions -> !partitions.isEmpty())
                .stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** The outcomes, once there are as many as wanted; each as docs/asyncapi.yaml describes them. */
    public List<JsonNode> outcomes(int wanted) {
        var published = records(outcomes, count -> count >= wanted, Patience.LONGEST);
        assertThat(published)
                .allSatisfy(outcome ->
                        assertThat(AsyncApi.violations("outcome", outcome)).isEmpty());
        return published.stream().map(outcome -> json(outcome.value())).toList();
    }

    /** The dead letters, once there are as many as wanted; each as docs/asyncapi.yaml describes them. */
    public List<ConsumerRecord<byte[], byte[]>> deadLetters(int wanted) {
        var published = records(deadLetters, count -> count >= wanted, wanted == 0 ? Duration.ZERO : Patience.LONGEST);
        assertThat(published)
                .allSatisfy(letter ->
                        assertThat(AsyncApi.violations("deadLetter", letter)).isEmpty());
        return published;
    }

    public static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static @Nullable String header(ConsumerRecord<?, ?> source, String name) {
        var header = source.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** How many updates are not committed as done. */
    long lag() {
        return lag(group);
    }

    /** As {@link #lag()}, of another consumer group. */
    long lag(String ofGroup) {
        var committed = await(admin.listConsumerGroupOffsets(ofGroup)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture());
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = partitions(consumer, updates);
            return consumer.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> {
                        var offset = committed.get(end.getKey());
                        return end.getValue() - (offset == null ? 0 : offset.offset());
                    })
                    .sum();
        }
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future) {
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
