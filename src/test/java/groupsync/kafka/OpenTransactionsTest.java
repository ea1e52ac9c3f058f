package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("updates", 3);

    private final TestClock timeOfDay = new TestClock("2026-11-25T20:00:00Z");
    private final TestClock clock = new TestClock("2026-11-25T20:00:00Z");
    private final OpenTransactions transactions = new OpenTransactions(timeOfDay, clock);

    private List<Standstill> standstillsAfter(Duration time, long offset) {
        clock.advance(time);
        transactions.measured(PARTITION, offset, 30);
        return transactions.standstills(List.of(PARTITION));
    }

    @Test
    void reportsATransactionThatIsOpenForTwoMinutes() {
        transactions.measured(PARTITION, 17, 20);
        var before = standstillsAfter(Duration.ofSeconds(119), 17);

        var standstills = standstillsAfter(Duration.ofSeconds(1), 17);

        assertThat(before).isEmpty();
        assertThat(standstills)
                .singleElement()
                .extracting("offset", "since")
                .containsExactly(17L, Instant.parse("2026-11-25T20:00:00Z"));
        assertThat(transactions.standstills(List.of(new TopicPartition("updates", 4))))
                .isEmpty();
    }

    @Test
    void reportsNoShortTransactionsThatFollowEachOther() {
        for (var offset = 0; offset < 10; offset++) {
            assertThat(standstillsAfter(Duration.ofMinutes(1), offset)).isEmpty();
        }
    }

    @Test
    void forgetsATransactionThatHasEnded() {
        transactions.measured(PARTITION, 17, 20);
        var before = standstillsAfter(Duration.ofMinutes(3), 17);

        assertThat(before).isNotEmpty();
        assertThat(standstillsAfter(Duration.ZERO, 21)).isEmpty();
    }

    @Test
    void doesNotMeasureByTheTimeOfDay() {
        transactions.measured(PARTITION, 17, 20);
        timeOfDay.advance(Duration.ofHours(1));

        assertThat(standstillsAfter(Duration.ZERO, 17)).isEmpty();
    }
}
