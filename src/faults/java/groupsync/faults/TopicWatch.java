package groupsync.faults;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.Topics;
import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads commits and published records while a scenario runs: first the commits and then the outcomes, so each committed
 * event must be among the outcomes.
 */
final class TopicWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String brokers;
    private final Topics topics;
    private final Admin admin;
    private final Map<Place, List<JsonNode>> outcomes = new ConcurrentHashMap<>();
    private final Map<String, ConsumerRecord<byte[], byte[]>> deadLetters = new ConcurrentHashMap<>();
    private final Commits commits = new Commits();
    private final Queue<Place> aheadOfOutcomes = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "topic-watch");
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean anew;
    private volatile boolean ended;
    private volatile int samples;

    TopicWatch(String brokers, Topics topics) {
        this.brokers = brokers;
        this.topics = topics;
        admin = Admin.create(Map.of(
                "bootstrap.servers",
                brokers,
                "default.api.timeout.ms",
                3000,
                "request.timeout.ms",
                2000,
                "reconnect.backoff.max.ms",
                500));
        thread.setDaemon(true);
        thread.start();
    }

    Map<Place, List<JsonNode>> outcomes() {
        return outcomes;
    }

    Collection<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.values();
    }

    Commits commits() {
        return commits;
    }

    Evidence evidence(List<Event> sent, List<ReceivedRequest> requests) {
        var letters = deadLetters.values().stream()
                .map(letter -> new Place(
                        Integer.parseInt(Topics.header(letter, "dead-letter-source-partition")),
                        Long.parseLong(Topics.header(letter, "dead-letter-source-offset"))))
                .collect(Collectors.toSet());
        return new Evidence(sent, requests, outcomes, letters, commits, List.copyOf(aheadOfOutcomes));
    }

    /** The number of comparisons of commits with outcomes. */
    int samples() {
        return samples;
    }

    /** Notes that a topic was deleted and created again: its records are read from the beginning. */
    void topicIsNew() {
        anew = true;
    }

    private void run() {
        while (!ended) {
            try {
                sample();
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                // The broker or a topic is away: the next sample may succeed.
                forgetConsumer();
            }
        }
        forgetConsumer();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread only
    private void sample() throws InterruptedException, ExecutionException, TimeoutException {
        if (anew) {
            anew = false;
            forgetConsumer();
        }
        var committed = admin.listConsumerGroupOffsets(topics.group)
                .partitionsToOffsetAndMetadata()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var seen = System.nanoTime();
        var done = commits.of(committed);
        read(consumer());
        for (var place : done) {
            if (commits.add(place, seen) && !outcomes.containsKey(place)) {
                aheadOfOutcomes.add(place);
            }
        }
        commits.sampled(committed);
        samples++;
    }

    private KafkaConsumer<byte[], byte[]> consumer() throws InterruptedException, ExecutionException, TimeoutException {
        if (consumer == null) {
            var names = List.of(topics.outcomes, topics.deadLetters);
            var partitions = new ArrayList<TopicPartition>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((name, topic) -> topic.partitions()
                            .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
            var configuration = new HashMap<String, Object>();
            configuration.put("bootstrap.servers", brokers);
            configuration.put("auto.offset.reset", "earliest");
            configuration.put("default.api.timeout.ms", 3000);
            configuration.put("request.timeout.ms", 2000);
            var reader = new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            consumer = reader;
        }
        return consumer;
    }

    private void read(KafkaConsumer<byte[], byte[]> reader) throws TimeoutException {
        var ends = reader.endOffsets(reader.assignment());
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topics cannot be read");
            }
            for (var published : reader.poll(Duration.ofMillis(50))) {
                keep(published);
            }
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> published) {
        if (published.topic().equals(topics.deadLetters)) {
            deadLetters.put(published.partition() + "@" + published.offset(), published);
            return;
        }
        var outcome = Topics.json(published.value());
        var source = outcome.path("source");
        outcomes.computeIfAbsent(
                        new Place(
                                source.path("partition").asInt(),
                                source.path("offset").asLong()),
                        place -> new ArrayList<>())
                .add(outcome);
    }

    private void forgetConsumer() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close(Duration.ofSeconds(1));
    }
}
