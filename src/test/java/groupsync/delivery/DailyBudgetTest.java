package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.UpdateDeferredException;
import groupsync.zoom.NoReplyException;
import groupsync.zoom.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyBudgetTest {

    private static final int PARTITIONS = 4;

    private final TestClock clock = new TestClock("2026-05-30T22:15:30Z");

    /** An instance with some of the partitions of the updates topic, and its budget of a bound. */
    private final class Instance {

        final OwnedPartitions owned = new OwnedPartitions();
        final DailyBudget budget;

        Instance(int bound, int... partitions) {
            budget = new DailyBudget(bound, owned, clock);
            budget.partitions(PARTITIONS);
            IntStream.of(partitions).forEach(partition -> assign(partition, ""));
        }

        void assign(int partition, String metadata) {
            owned.assigned(partition(partition), new OffsetAndMetadata(0, metadata));
        }

        /** Sends up to this number of requests for updates of a partition, and returns how many were possible. */
        int sends(int most, int partition) {
            for (var sent = 0; sent < most; sent++) {
                try {
                    budget.charge(update(partition));
                } catch (UpdateDeferredException e) {
                    return sent;
                }
            }
            return most;
        }

        /** The notes of the commits by partition. */
        Map<Integer, String> notes() {
            return owned.committable().entrySet().stream()
                    .collect(Collectors.toMap(
                            commit -> commit.getKey().partition(),
                            commit -> commit.getValue().metadata()));
        }
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("updates", number);
    }

    private static PendingUpdate update(int partition) {
        return Events.update("g").pendingAt(partition, 1);
    }

    @Test
    void theOwnerOfAllPartitionsMaySpendTheWholeBoundForUpdatesOfOneOfThem() {
        var instance = new Instance(602, 0, 1, 2, 3);

        assertThat(instance.sends(1_000, 2)).isEqualTo(602);
        assertThat(instance.budget.isLeft()).isFalse();
    }

    /** The remainder goes to the first ones. */
    @Test
    void chargesTheQuotaOfTheUpdateFirstAndThenTheLargestThatIsLeft() {
        var instance = new Instance(10, 0, 1, 2, 3);

        instance.sends(4, 3);

        // The quotas are 3, 3, 2 and 2.
        assertThat(instance.notes())
                .containsEntry(3, "used:2026-05-30:2")
                .containsEntry(2, "")
                .satisfies(notes -> assertThat(List.of(notes.get(0), notes.get(1)))
                        .isEqualTo(List.of("used:2026-05-30:1", "used:2026-05-30:1")));
    }

    @ParameterizedTest
    @CsvSource({"600, 2", "601, 3", "7, 4", "3, 4", "1, 2", "100000000, 3"})
    void theQuotasOfAllInstancesTogetherAreTheBound(int bound, int instances) {
        var limits = IntStream.range(0, instances)
                .mapToObj(number -> new Instance(
                        bound,
                        IntStream.range(0, PARTITIONS)
                                .filter(partition -> partition % instances == number)
                                .toArray()))
                .mapToDouble(instance -> instance.budget.ownedLimit())
                .sum();

        assertThat(limits).isEqualTo(bound);
    }

    @Test
    void aPartitionThatMovesTakesItsQuotaAndItsChargesAlong() {
        var first = new Instance(100, 0, 1, 2, 3);
        var second = new Instance(100);
        var sent = first.sends(60, 0);

        var notes = first.notes();
        List.of(2, 3).forEach(moved -> second.assign(moved, notes.get(moved)));
        var restarted = new Instance(100);
        List.of(0, 1).forEach(kept -> restarted.assign(kept, notes.get(kept)));

        assertThat(sent + second.sends(100, 2) + restarted.sends(100, 0)).isEqualTo(100);
    }

    @Test
    void hasNothingLeftAfterTheBoundWasLoweredBelowWhatIsUsed() {
        var instance = new Instance(100);
        instance.assign(0, "used:2026-05-30:150");
        IntStream.of(1, 2, 3).forEach(partition -> instance.assign(partition, ""));

        assertThat(instance.budget.isLeft()).isFalse();
        assertThat(instance.sends(1, 1)).isZero();
    }

    @Test
    void hasTheWholeBoundAgainOnTheNextDayOfUtc() throws Exception {
        var instance = new Instance(8, 0, 1, 2, 3);
        instance.sends(8, 0);

        clock.advance(Duration.ofSeconds(6_269));
        var before = instance.budget.isLeft();
        clock.advance(Duration.ofSeconds(1));

        assertThat(before).isFalse();
        assertThat(instance.budget.isLeft()).isTrue();
        instance.budget.requireLeft(update(0));
        assertThat(instance.sends(9, 0)).isEqualTo(8);
    }

    @Test
    void namesTheUseTheBoundAndTheEndOfTheDayWhenItIsSpent() {
        var instance = new Instance(600, 0, 1);
        instance.sends(600, 1);

        var spent = catchThrowableOfType(NoReplyException.class, () -> instance.budget.requireLeft(update(0)));

        assertThat(spent.reply().verdict()).isEqualTo(Verdict.DAILY_BUDGET_SPENT);
        assertThat(spent.reply().message())
                .isEqualTo("300 of 300 requests are used, the part of this instance in zoom.requests-per-day=600;"
                        + " the day ends at 2026-05-31T00:00:00Z");
        assertThat(spent.reply().retryAfter()).isEqualTo(Duration.ofSeconds(6_270));
        assertThat(spent.reply().isOfLimit()).isTrue();
    }

    @Test
    void isLeftAgainAsSoonAsAPartitionWithAQuotaIsAssigned() throws Exception {
        var instance = new Instance(100, 0);
        instance.sends(100, 0);

        instance.assign(1, "used:2026-05-30:24");

        assertThat(instance.budget.isLeft()).isTrue();
        instance.budget.requireLeft(update(1));
        assertThat(instance.sends(100, 0)).isEqualTo(1);
    }

    /** Otherwise a handover would look like a spent budget. */
    @Test
    void defersAnUpdateWhoseLastPartitionIsGone() {
        var instance = new Instance(100);

        assertThatThrownBy(() -> instance.budget.requireLeft(update(0))).isInstanceOf(UpdateDeferredException.class);
        assertThat(instance.sends(1, 0)).isZero();
    }

    @Test
    void countsAndNotesNothingWithoutABound() throws Exception {
        var instance = new Instance(0, 0);

        instance.budget.requireLeft(update(0));

        assertThat(instance.sends(1_000, 0)).isEqualTo(1_000);
        assertThat(instance.notes()).containsOnly(Map.entry(0, ""));
        assertThat(instance.budget.accountLimit()).isInfinite();
        assertThat(instance.budget.ownedLimit()).isInfinite();
        assertThat(instance.budget.used()).isZero();
    }

    @Test
    void showsTheLimitsAndTheUseOfTheDay() {
        var instance = new Instance(602, 0, 3);

        instance.sends(200, 0);

        assertThat(instance.budget.accountLimit()).isEqualTo(602);
        assertThat(instance.budget.ownedLimit()).isEqualTo(301);
        assertThat(instance.budget.used()).isEqualTo(200);
        clock.advance(Duration.ofHours(2));
        assertThat(instance.budget.used()).isZero();
    }

    @Test
    void manyRequestsAtATimeDoNotExceedIt() throws Exception {
        var instance = new Instance(1_000, 0, 1, 2, 3);
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> sender = () -> instance.sends(1_000, 1);
            var sent = new ArrayList<Integer>();
            for (var done :
                    threads.invokeAll(Stream.generate(() -> sender).limit(8).toList())) {
                sent.add(done.get());
            }

            assertThat(sent.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
        } finally {
            threads.shutdownNow();
        }
    }
}
