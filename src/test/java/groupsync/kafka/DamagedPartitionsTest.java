package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DamagedPartitionsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final TopicPartition ONE = new TopicPartition("updates", 1);

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final DamagedBatches damaged = new DamagedBatches(INTERVAL, clock, clock);

    /** Otherwise the batch would be fetched anew with each poll. */
    @Test
    void aPartitionRestsUntilItsNextTry() {
        damaged.add(ONE, 17, new KafkaException("Record batch for partition updates-1 at offset 17 is invalid"));
        clock.goesOn(INTERVAL.minusMillis(1));
        var before = damaged.resting();
        clock.goesOn(Duration.ofMillis(1));

        assertThat(before).containsExactly(ONE);
        assertThat(damaged.resting()).isEmpty();
    }
}
