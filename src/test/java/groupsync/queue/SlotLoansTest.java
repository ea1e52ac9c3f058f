package groupsync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotLoansTest {

    private static final long NOW = 1_795_460_000_000L;
    private static final LocalDate TODAY = LocalDate.parse("2026-05-30");

    @Test
    void aSlotIsThePartitionsOwnBeforeAndAfterTheLoan() {
        var loans = SlotLoans.NONE.and(7, NOW, NOW + 2_000);

        assertThat(loans.user(3, NOW - 1)).isEqualTo(3);
        assertThat(loans.user(3, NOW)).isEqualTo(7);
        assertThat(loans.user(3, NOW + 1_999)).isEqualTo(7);
        assertThat(loans.user(3, NOW + 2_000)).isEqualTo(3);
    }

    @Test
    void aLoanToAnotherPartitionBeginsAfterTheOneBefore() {
        var loans = SlotLoans.NONE.and(7, NOW, NOW + 2_000).and(8, NOW + 1_000, NOW + 3_000);

        assertThat(loans.user(3, NOW + 1_999)).isEqualTo(7);
        assertThat(loans.user(3, NOW + 2_000)).isEqualTo(8);
        assertThat(loans.text()).isEqualTo("7@1795460000000-1795460002000,8@1795460002000-1795460003000");
    }

    /** An older copy may lack the end; it may never say anything else of a time to come. */
    @Test
    void aRenewedLoanSaysTheSameOfTheTimeOfTheOneBefore() {
        var before = SlotLoans.NONE.and(7, NOW, NOW + 2_000);
        var renewed = before.and(7, NOW + 1_500, NOW + 3_500);

        assertThat(LongStream.range(NOW + 1_500, NOW + 2_000).filter(time -> renewed.user(3, time) != 7))
                .isEmpty();
        assertThat(renewed.user(3, NOW + 3_499)).isEqualTo(7);
        assertThat(renewed.loans()).hasSize(1);
    }

    @Test
    void isNoLongerLentIfTheClockIsSetBack() {
        var loans = SlotLoans.NONE;
        for (var second = 0L; second < 3_600; second++) {
            loans = loans.and(7, NOW + second * 1_000, NOW + second * 1_000 + 2_000);
        }

        assertThat(loans.user(3, NOW + 1_800_000)).isEqualTo(3);
        assertThat(loans.loans()).hasSize(1);
    }

    @Test
    void aFourthLoanWaitsForTheEndOfTheFirst() {
        var three = SlotLoans.NONE
                .and(7, NOW, NOW + 2_000)
                .and(8, NOW + 100, NOW + 3_000)
                .and(9, NOW + 200, NOW + 4_000);

        assertThat(three.and(10, NOW + 300, NOW + 5_000)).isEqualTo(three);
        assertThat(three.and(10, NOW + 3_001, NOW + 5_000).user(3, NOW + 4_500)).isEqualTo(10);
    }

    @Test
    void aCommitNotesTheLoansBesideTheRest() {
        var first = new OffsetTracker(new OffsetAndMetadata(10, "used:2026-05-30:17"));
        LongStream.range(10, 13).forEach(first::read);
        first.done(11);

        first.lend(SlotLoans.NONE.and(7, NOW, NOW + 2_000));

        var commit = first.committable().orElseThrow();
        assertThat(commit.metadata()).isEqualTo("done:10:Ag== used:2026-05-30:17 lent:7@1795460000000-1795460002000");
        var second = new OffsetTracker(commit);
        assertThat(second.loans().user(3, NOW)).isEqualTo(7);
        assertThat(second.charged(TODAY)).isEqualTo(17);
        assertThat(second.committable()).contains(commit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "done:10:Ag== used:2026-05-30:17",
                "lent:",
                "lent:7",
                "lent:7@1-2,",
                "lent:-7@1-2",
                "lent:7@1-9999999999999999",
                "lent:7@1-2,7@2-3,7@3-4,7@4-5",
                "lent:99999999999@1-2",
                "LENT:7@1-9"
            })
    void otherMetadataLendsNothing(String metadata) {
        assertThat(new OffsetTracker(new OffsetAndMetadata(10, metadata)).loans())
                .isEqualTo(SlotLoans.NONE);
    }

    @Test
    void theLongestNotesTogetherAreNoLongerThanABrokerKeeps() {
        var first = Long.MAX_VALUE - 30_000;
        var tracker = new OffsetTracker(new OffsetAndMetadata(first, "used:2026-05-30:999999998"));
        LongStream.range(first, first + 25_000).forEach(tracker::read);
        LongStream.range(first + 1, first + 25_000).forEach(tracker::done);
        tracker.charge(TODAY);
        var late = 999_999_999_990_000L;

        tracker.lend(SlotLoans.NONE
                .and(999_999_997, late, late + 2_000)
                .and(999_999_998, late, late + 3_000)
                .and(999_999_999, late, late + 4_000));

        var commit = tracker.committable().orElseThrow();
        assertThat(commit.metadata().getBytes(UTF_8)).hasSizeBetween(4_000, 4_096);
        var next = new OffsetTracker(commit);
        assertThat(next.loans().loans()).hasSize(3);
        assertThat(next.charged(TODAY)).isEqualTo(999_999_999);
        assertThat(LongStream.of(first, first + OffsetTracker.LONGEST_SPAN - 1).filter(next::read))
                .containsExactly(first);
    }
}
