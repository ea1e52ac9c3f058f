package groupsync.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The plain loop with the service's duties and nothing else: each event is checked and gets an outcome, each group keeps its
 * order, and an offset is committed when all events before it have their outcomes.
 */
final class Careful implements ConsumerRebalanceListener {

    /** An event at work; done when Kafka has its outcome. */
    private record Pending(long offset, CompletableFuture<@Nullable Void> outcome) {}

    private final Consumer<byte[], byte[]> consumer;
    private final ToIntFunction<JsonNode> zoom;
    private final Duties duties = new Duties();
    private final ExecutorService threads;
    private final Semaphore room;
    private final Map<String, CompletableFuture<@Nullable Void>> lastOfGroup = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Queue<Pending>> pending = new HashMap<>();

    Careful(Consumer<byte[], byte[]> consumer, ToIntFunction<JsonNode> zoom, int concurrency, int mostPending) {
        this.consumer = consumer;
        this.zoom = zoom;
        threads = Executors.newFixedThreadPool(concurrency);
        room = new Semaphore(mostPending);
    }

    /** Runs until an outcome cannot be published. */
    void run(Collection<String> topics) throws InterruptedException {
        consumer.subscribe(topics, this);
        while (true) {
            for (var event : consumer.poll(Duration.ofMillis(100))) {
                room.acquire();
                pending.computeIfAbsent(new TopicPartition(event.topic(), event.partition()), any -> new ArrayDeque<>())
                        .add(new Pending(event.offset(), begin(event)));
            }
            consumer.commitAsync(done(), null);
        }
    }

    /** An event begins when the event before it of the same group has its outcome. */
    private CompletableFuture<@Nullable Void> begin(ConsumerRecord<byte[], byte[]> event) {
        var update = duties.read(event.value());
        var group = update.path("groupId").asText();
        var outcome = lastOfGroup.compute(
                group,
                (any, before) -> (before == null ? CompletableFuture.<@Nullable Void>completedFuture(null) : before)
                        .thenComposeAsync(done -> duties.apply(event, update, zoom), threads));
        var unused = outcome.whenComplete((done, failure) -> {
            lastOfGroup.remove(group, outcome);
            room.release();
        });
        return outcome;
    }

    /** The offsets up to which all events have their outcomes. */
    private Map<TopicPartition, OffsetAndMetadata> done() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        pending.forEach((partition, events) -> {
            for (var next = events.peek(); next != null && next.outcome().isDone(); next = events.peek()) {
                next.outcome().join();
                offsets.put(partition, new OffsetAndMetadata(next.offset() + 1));
                events.remove();
            }
        });
        return offsets;
    }

    /** Another instance begins where this one has ended. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        pending.values()
                .forEach(events -> events.forEach(event -> event.outcome().join()));
        consumer.commitSync(done());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
}
