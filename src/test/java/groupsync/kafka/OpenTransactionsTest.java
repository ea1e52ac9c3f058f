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

    private List<Standstill> standstills() {
        return transactions.standstills(List.of(PARTITION));
    }

    @Test
    void reportsATransactionThatIsOpenForTwoMinutes() {
        transactions.measured(PARTITION, 17, 20);
        clock.advance(Duration.ofSeconds(119));
        transactions.measured(PARTITION, 17, 30);
        var before = standstills();
        clock.advance(Duration.ofSeconds(1));

        transactions.measured(PARTITION, 17, 30);

        assertThat(before).isEmpty();
        assertThat(standstills()).singleElement().satisfies(standstill -> {
            assertThat(standstill.offset()).isEqualTo(17);
            assertThat(standstill.since()).isEqualTo(Instant.parse("2026-11-25T20:00:00Z"));
        });
        assertThat(transactions.standstills(List.of(new TopicPartition("updates", 4))))
                .isEmpty();
    }

    @Test
    void reportsNoShortTransactionsThatFollowEachOther() {
        for (var offset = 0; offset < 10; offset++) {
            transactions.measured(PARTITION, offset, 20);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(standstills()).isEmpty();
    }

    @Test
    void forgetsATransactionThatHasEnded() {
        transactions.measured(PARTITION, 17, 20);
        clock.advance(Duration.ofMinutes(3));
        transactions.measured(PARTITION, 17, 20);

        transactions.measured(PARTITION, 21, 21);

        assertThat(standstills()).isEmpty();
    }

    @Test
    void doesNotMeasureByTheTimeOfDay() {
        transactions.measured(PARTITION, 17, 20);
        timeOfDay.advance(Duration.ofHours(1));

        transactions.measured(PARTITION, 17, 20);

        assertThat(standstills()).isEmpty();
    }
}
