package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.KafkaFailure;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.deadletters.topic.ReplayTopic;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Puts letters back on the updates topic, each in one transaction with the note about its replay: after an interruption
 * either both are there or none is.
 *
 * <p>One letter a transaction: the service reads no further than the start of an open one.
 */
public final class Replayer implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaCluster cluster;
    private final ReplayTopic notes;
    private final Clock timeOfDay;
    private final int partitions;
    private final long intervalNanos;
    private long next = System.nanoTime();
    private final KafkaProducer<byte[], byte[]> producer;

    /** Ends an earlier replay of these letters: it can write no more, and its open transaction is settled. */
    public Replayer(KafkaCluster cluster, ReplayTopic notes, int perSecond, Clock timeOfDay) {
        this.cluster = cluster;
        this.notes = notes;
        this.timeOfDay = timeOfDay;
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        partitions = cluster.topic(cluster.updates()).partitions().size();
        producer = cluster.producer(notes.name());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Sends a letter when the rate allows it; empty if it is larger than the updates topic allows, and so was not sent. */
    public Optional<Replay> replay(DeadLetter letter) {
        for (var left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        next = System.nanoTime() + intervalNanos;
        producer.beginTransaction();
        try {
            return Optional.of(sendWithNote(letter));
        } catch (RuntimeException e) {
            if (isTooLarge(e)) {
                producer.abortTransaction();
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(RecordTooLargeException.class::isInstance);
    }

    private Replay sendWithNote(DeadLetter letter) {
        var sent = send(letter);
        var replay = new Replay(
                letter.position(),
                new RecordPosition(sent.topic(), sent.partition(), sent.offset()),
                letter.source().orElse(null),
                letter.groupId().orElse(null),
                letter.eventId().orElse(null),
                timeOfDay.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        var unused = producer.send(notes.note(replay));
        producer.commitTransaction();
        return replay;
    }

    private RecordMetadata send(DeadLetter letter) {
        try {
            return producer.send(letter.replay(cluster.updates(), partition(letter)))
                    .get();
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e, cluster);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /**
     * The partition that the event came from, since the other updates of its group are there: another client may choose
     * another partition for the same key. If there is no such partition, Kafka chooses one for the key.
     */
    private @Nullable Integer partition(DeadLetter letter) {
        return letter.source()
                .filter(source -> source.topic().equals(cluster.updates()) && source.partition() < partitions)
                .map(RecordPosition::partition)
                .orElse(null);
    }

    /** Aborts an open transaction. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
