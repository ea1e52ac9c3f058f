package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.deadletters.topic.ToolException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Puts letters back on the updates topic, each in a transaction with the note that it was: either both are there or
 * none is, wherever it is interrupted.
 *
 * <p>One letter a transaction, since an open one holds up the service: it reads no further than the first of them.
 */
public final class Replayer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KafkaCluster cluster;
    private final ReplayTopic notes;
    private final Clock clock;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;

    /** From here on no earlier replay of these letters writes any more, and what it left open is settled. */
    public Replayer(KafkaCluster cluster, ReplayTopic notes, Clock clock) {
        this.cluster = cluster;
        this.notes = notes;
        this.clock = clock;
        partitions = cluster.topic(cluster.updates()).partitions().size();
        producer = cluster.producer(notes.topic());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Sends it.
     *
     * @return empty if it is too large for the updates topic: nothing was sent
     */
    public Optional<Replay> replay(DeadLetter letter) {
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
                letter.place(),
                new RecordPosition(sent.topic(), sent.partition(), sent.offset()),
                letter.source().orElse(null),
                letter.groupId().orElse(null),
                letter.eventId().orElse(null),
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        var unused = producer.send(notes.note(replay));
        producer.commitTransaction();
        return replay;
    }

    private RecordMetadata send(DeadLetter letter) {
        var source = letter.letter();
        try {
            return producer.send(new ProducerRecord<>(
                            cluster.updates(),
                            partition(letter),
                            // With its value, a letter has another key only where the event had none.
                            letter.says("key-replaced").isPresent() ? null : source.key(),
                            source.value(),
                            letter.headersOfReplay()))
                    .get();
        } catch (ExecutionException e) {
            throw ToolException.of(e, cluster);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /**
     * The one that it came from: the other updates of its group are there too, and what the sender's client makes of
     * the key is not what this one would. Where there is no such partition, that of the key.
     */
    private @Nullable Integer partition(DeadLetter letter) {
        return letter.source()
                .filter(source -> source.topic().equals(cluster.updates()) && source.partition() < partitions)
                .map(RecordPosition::partition)
                .orElse(null);
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
