package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedPartitionsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final TopicPartition ONE = new TopicPartition("updates", 1);
    private static final List<TopicPartition> ASSIGNED = List.of(
            ONE,
            new TopicPartition("updates", 11),
            new TopicPartition("hr.updates", 1),
            new TopicPartition("hr-updates", 1));

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final DamagedBatches damaged = new DamagedBatches(INTERVAL, clock, clock);

    /** Otherwise the batch would be fetched anew with each poll. */
    @Test
    void aPartitionRestsUntilItsNextTry() {
        damaged.add(ONE, 17, new KafkaException("Record batch for partition updates-1 at offset 17 is invalid"));
        clock.advance(INTERVAL.minusMillis(1));
        var before = damaged.resting();
        clock.advance(Duration.ofMillis(1));

        assertThat(before).containsExactly(ONE);
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
        var found = UndamagedPoll.partition(new KafkaException(message), ASSIGNED);

        assertThat(found).map(TopicPartition::toString).contains(partition);
    }

    @Test
    void aFailureThatIsOfNoBatchIsOfNoPartition() {
        var timeout = UndamagedPoll.partition(new TimeoutException("no position of updates-1"), ASSIGNED);
        var elsewhere = UndamagedPoll.partition(new KafkaException("of updates-2"), ASSIGNED);

        assertThat(timeout).isEmpty();
        assertThat(elsewhere).isEmpty();
    }
}
