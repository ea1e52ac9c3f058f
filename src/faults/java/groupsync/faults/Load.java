package groupsync.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends group updates, and records their positions in the topic. */
final class Load implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int groups;
    private final Random random;
    private final Queue<Event> sent = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int next;

    Load(String brokers, String topic, int groups, long seed) {
        // It waits through an outage of the broker, and keeps the order.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "reconnect.backoff.max.ms", 500, "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.groups = groups;
        this.random = new Random(seed);
    }

    /** Sends events for random groups. */
    void send(int events) {
        for (var i = 0; i < events; i++) {
            send("g" + random.nextInt(groups));
        }
    }

    /** Sends an event for this group, and returns its number. */
    synchronized int send(String group) {
        var number = next++;
        var value = "{\"eventId\":\"e-" + number + "\",\"groupId\":\"" + group + "\",\"name\":\"" + number + "\"}";
        var unused = producer.send(
                new ProducerRecord<>(topic, group.getBytes(UTF_8), value.getBytes(UTF_8)), (metadata, problem) -> {
                    if (problem != null) {
                        failure.set(problem);
                    } else {
                        sent.add(new Event(group, number, new Place(metadata.partition(), metadata.offset())));
                    }
                });
        return number;
    }

    /** Sends so many in each second until {@link #stop}. */
    void sendSteadily(int perSecond) {
        var unused = clock.scheduleAtFixedRate(
                () -> send(perSecond / TICKS_PER_SECOND), 0, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    void stop() {
        clock.shutdown();
        await().atMost(World.PATIENCE).until(clock::isTerminated);
    }

    /** The number of the next event. */
    synchronized int next() {
        return next;
    }

    /** All events so far, after the broker's acknowledgement. */
    synchronized List<Event> sent() {
        producer.flush();
        var problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("an event could not be sent", problem);
        }
        return List.copyOf(sent);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
