package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndamagedPollTest {

    private static final TopicPartition DAMAGED = new TopicPartition("updates", 0);
    private static final TopicPartition WHOLE = new TopicPartition("updates", 1);
    private static final List<TopicPartition> ASSIGNED = List.of(
            WHOLE,
            new TopicPartition("updates", 11),
            new TopicPartition("hr.updates", 1),
            new TopicPartition("hr-updates", 1));

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Deque<Supplier<ConsumerRecords<byte[], byte[]>>> polls = new ArrayDeque<>();
    private final DamagedBatches damaged = new DamagedBatches(Duration.ofSeconds(10), clock, clock);
    private final UndamagedPoll poll =
            new UndamagedPoll(consumer, timeout -> polls.remove().get(), damaged);

    /** What stands behind the batch would overtake it, and be read again with it. */
    @Test
    void givesNoRecordsFromBehindADamagedBatch() {
        consumer.assign(List.of(DAMAGED, WHOLE));
        consumer.seek(DAMAGED, 17);
        consumer.seek(WHOLE, 5);
        polls.add(() -> {
            throw new KafkaException("Record batch for partition updates-0 at offset 17 is invalid");
        });
        polls.add(() -> new ConsumerRecords<>(
                Map.of(DAMAGED, List.of(record(DAMAGED, 18)), WHOLE, List.of(record(WHOLE, 5))),
                Map.of(DAMAGED, new OffsetAndMetadata(19), WHOLE, new OffsetAndMetadata(6))));

        var polled = poll.poll(Duration.ofSeconds(1));

        assertThat(polled.partitions()).containsExactly(WHOLE);
        assertThat(polled.nextOffsets()).containsOnlyKeys(WHOLE);
        assertThat(consumer.position(DAMAGED)).isEqualTo(17);
        assertThat(consumer.paused()).containsExactly(DAMAGED);
    }

    /** Otherwise the batch would be fetched anew with each poll. */
    @Test
    void aPartitionRestsUntilItsNextTry() {
        damaged.add(DAMAGED, 17, new KafkaException("Record batch for partition updates-0 at offset 17 is invalid"));
        clock.advance(Duration.ofMillis(9_999));
        var before = damaged.resting();
        clock.advance(Duration.ofMillis(1));

        assertThat(before).containsExactly(DAMAGED);
        assertThat(damaged.resting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Record batch for partition updates-1 at offset 17 is invalid, updates-1",
        "Received exception when fetching the next record from updates-11. If needed seek past it., updates-11",
        "Record batch for partition hr.updates-1 at offset 17 is invalid, hr.updates-1",
        "Record batch for partition hr-updates-1 at offset 17 is invalid, hr-updates-1"
    })
    void itIsThePartitionThatTheFailureNames(String message, String partition) {
        assertThat(UndamagedPoll.partition(new KafkaException(message), ASSIGNED))
                .map(TopicPartition::toString)
                .contains(partition);
    }

    @Test
    void aFailureThatIsOfNoBatchIsOfNoPartition() {
        assertThat(UndamagedPoll.partition(new TimeoutException("no position of updates-1"), ASSIGNED))
                .isEmpty();
        assertThat(UndamagedPoll.partition(new KafkaException("of updates-2"), ASSIGNED))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
    }
}
