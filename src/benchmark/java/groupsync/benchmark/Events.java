package groupsync.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The events of one scenario, in topics of their own, and what consumer groups made of them. */
final class Events implements AutoCloseable {

    final String updates;
    final String outcomes;
    final String deadLetters;

    private final String brokers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, String> lastNames = new HashMap<>();
    private final Map<String, Long> appended = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int sent;

    Events(Broker broker, int partitions) {
        brokers = broker.address();
        var name = "benchmark-" + UUID.randomUUID();
        updates = name + ".updates";
        outcomes = name + ".outcomes";
        deadLetters = name + ".dead-letters";
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        // One request at a time: where the first one to a new partition comes too early, a second that does not would
        // be
        // taken as the beginning, and the first refused as out of order ever after.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        get(admin.createTopics(List.of(
                        // The broker's own time is what latency is counted from.
                        new NewTopic(updates, partitions, (short) 1)
                                .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                        new NewTopic(outcomes, partitions, (short) 1),
                        new NewTopic(deadLetters, 1, (short) 1)))
                .all());
        Waiting.until(Duration.ofSeconds(30), "the topics have no leaders", this::haveLeaders);
    }

    private boolean haveLeaders() {
        try {
            return get(admin.describeTopics(List.of(updates, outcomes, deadLetters))
                            .allTopicNames())
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (IllegalStateException e) {
            // The broker does not know them yet.
            return false;
        }
    }

    String brokers() {
        return brokers;
    }

    /** Sends so many events, over the groups in turn, and waits until the broker has them. */
    void send(int count, int groups) {
        for (var i = 0; i < count; i++) {
            send("group-" + sent % groups);
        }
        flush();
    }

    /** Sends one event for this group. */
    void send(String group) {
        var name = "Change " + sent;
        var value = "{\"eventId\":\"e-" + sent + "\",\"groupId\":\"" + group + "\",\"name\":\"" + name
                + "\",\"type\":\"restricted\",\"search_by_domain\":false}";
        sent++;
        lastNames.put(group, name);
        var unused =
                producer.send(new ProducerRecord<>(updates, group.getBytes(UTF_8), value.getBytes(UTF_8)), (at, e) -> {
                    if (e == null) {
                        appended.put(group, at.timestamp());
                    } else {
                        failure.set(e);
                    }
                });
    }

    int sent() {
        return sent;
    }

    /** The name that each group has once all events are applied. */
    Map<String, String> lastNames() {
        return lastNames;
    }

    /** When the broker had the last event of that group, in milliseconds of its clock. */
    Map<String, Long> appended() {
        flush();
        return appended;
    }

    private void flush() {
        producer.flush();
        var problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("an event could not be sent", problem);
        }
    }

    /** How many events that consumer group has committed. */
    long committed(String consumerGroup) {
        return get(admin.listConsumerGroupOffsets(consumerGroup).partitionsToOffsetAndMetadata()).values().stream()
                .filter(offset -> offset != null)
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    /** How many members of that consumer group have partitions. */
    long members(String consumerGroup) {
        try {
            return get(admin.describeConsumerGroups(List.of(consumerGroup)).all()).get(consumerGroup).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (IllegalStateException e) {
            // There is no such group yet.
            return 0;
        }
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
        return get((Future<T>) future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
