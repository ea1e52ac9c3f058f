package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// An endless search for a slot is a failure and no standstill.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateShareTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = 1_795_460_000L * SECOND;

    @Test
    void whoOwnsAllWaitsForNoSlot() {
        var share = new RateShare(4, Set.of(0, 1, 2), 3);

        assertThat(share.next(START + 17)).isEqualTo(START + 17);
        assertThat(share.perWindow()).isEqualTo(4);
        assertThat(share.windowNanos()).isEqualTo(SECOND);
    }

    /** The number is asked of Kafka, which may not answer at first. */
    @Test
    void isNoneWhileItIsNotKnownHowManyPartitionsThereAre() {
        var share = new RateShare(30, Set.of(0), 0);

        assertThat(share.isNone()).isTrue();
        assertThat(share.requestsPerSecond()).isZero();
        assertThat(share.next(START)).isEqualTo(START);
    }

    /** A client may hear of more partitions only after one of them is its own. */
    @ParameterizedTest
    @CsvSource({"4", "5", "1"})
    void isNoneWhileThereAreMorePartitionsThanKnown(int known) {
        var share = new RateShare(30, Set.of(5), known);

        assertThat(share.isNone()).isTrue();
        assertThat(share.next(START)).isEqualTo(START);
    }

    /** Also where there are more instances than requests in a second, and where nothing divides. */
    @ParameterizedTest
    @CsvSource({"4, 12, 3", "4, 12, 12", "30, 4, 3", "80, 8, 4", "80, 7, 2", "1, 3, 2", "1000, 50, 7"})
    void allTogetherUseEachSlotOnce(int perSecond, int partitions, int instances) {
        var shares = shares(perSecond, partitions, instances);

        var times = new ArrayList<Long>();
        for (var share : shares) {
            for (var time = share.next(START); time < START + 20 * SECOND; time = share.next(time + 1)) {
                times.add(time);
            }
        }

        var sorted = times.stream().sorted().toList();
        for (var i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - 1)).isEqualTo(shares.get(0).intervalNanos);
        }
        assertThat(sorted.size()).isGreaterThanOrEqualTo((int) (20 * perSecond * 0.95 - 1));
        assertThat(windowsOf(times)).isLessThanOrEqualTo(perSecond);
    }

    /** A row of partitions, as an assignor gives them, does not mean a rush and then a long wait. */
    @Test
    void aRowOfPartitionsHasItsSlotsSpreadEvenly() {
        var row = IntStream.range(0, 50).boxed().collect(Collectors.toSet());
        var share = new RateShare(30, row, 100);

        var longest = 0L;
        var before = share.next(START);
        for (var i = 0; i < 1_000; i++) {
            var time = share.next(before + 1);
            longest = Math.max(longest, time - before);
            before = time;
        }

        assertThat(longest).isLessThanOrEqualTo(3 * share.intervalNanos);
    }

    @Test
    void aPartitionThatMovesTakesItsSlotsAlong() {
        var before = new RateShare(10, Set.of(0, 1), 4);
        var after = new RateShare(10, Set.of(1), 4);
        var other = new RateShare(10, Set.of(0, 2, 3), 4);

        var slots = new TreeSet<Long>();
        for (var share : List.of(after, other)) {
            for (var time = share.next(START); time < START + 10 * SECOND; time = share.next(time + 1)) {
                assertThat(slots.add(time)).isTrue();
            }
        }

        for (var time = before.next(START); time < START + 10 * SECOND; time = before.next(time + 1)) {
            assertThat(slots).contains(time);
        }
    }

    @Test
    void aShareThatIsNoWholeNumberHasALongerWindow() {
        var share = new RateShare(4, Set.of(0, 1, 2, 3), 12);

        assertThat(share.perWindow()).isEqualTo(2);
        assertThat(share.windowNanos()).isEqualTo(SECOND * 3 / 2);
    }

    private static List<RateShare> shares(int perSecond, int partitions, int instances) {
        return IntStream.range(0, instances)
                .mapToObj(instance -> new RateShare(
                        perSecond,
                        IntStream.range(0, partitions)
                                .filter(partition -> partition * instances / partitions == instance)
                                .boxed()
                                .collect(Collectors.toSet()),
                        partitions))
                .filter(share -> !share.isNone())
                .toList();
    }

    /** The most that fall into any one second. */
    private static int windowsOf(List<Long> times) {
        var sorted = new TreeSet<>(times);
        return sorted.stream()
                .mapToInt(time -> sorted.subSet(time, time + SECOND).size())
                .max()
                .orElse(0);
    }
}
