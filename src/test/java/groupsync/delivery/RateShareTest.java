package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    void theOwnerOfAllPartitionsWaitsForNoSlot() {
        var share = new RateShare(4, Set.of(0, 1, 2), 3, Map.of());

        assertThat(share.next(START + 17)).isEqualTo(START + 17);
        assertThat(share.perWindow(share.parts(START))).isEqualTo(4);
        assertThat(share.windowNanos(share.parts(START))).isEqualTo(SECOND);
    }

    /** Kafka may give the number of partitions late, and more partitions may be added. */
    @ParameterizedTest
    @CsvSource({"0, 0", "5, 4", "5, 5", "5, 1"})
    void isNoneWhileThePartitionsAreNotAllKnown(int owned, int known) {
        var share = new RateShare(30, Set.of(owned), known, Map.of());

        assertThat(share.isNone()).isTrue();
        assertThat(share.requestsPerSecond()).isZero();
        assertThat(share.next(START)).isEqualTo(START);
    }

    /** Also where there are more instances than requests in a second, and where nothing divides. */
    @ParameterizedTest
    @CsvSource({"4, 12, 3", "4, 12, 12", "30, 4, 3", "80, 8, 4", "80, 7, 2", "1, 3, 2", "1000, 50, 7"})
    void allTogetherUseEachSlotOnce(int perSecond, int partitions, int instances) {
        var shares = shares(perSecond, partitions, instances);

        var sorted = shares.stream()
                .flatMap(share -> slots(share, 20).stream())
                .sorted()
                .toList();

        for (var i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - 1)).isEqualTo(shares.get(0).intervalNanos);
        }
        assertThat(sorted.size()).isGreaterThanOrEqualTo((int) (20 * perSecond * 0.97 - 1));
        assertThat(mostPerSecond(sorted)).isLessThanOrEqualTo(perSecond);
    }

    /** A row of partitions, as an assignor gives them, does not mean a rush and then a long wait. */
    @Test
    void aRowOfPartitionsHasItsSlotsSpreadEvenly() {
        var row = IntStream.range(0, 50).boxed().collect(Collectors.toSet());
        var share = new RateShare(30, row, 100, Map.of());

        var slots = slots(share, 60);

        for (var i = 1; i < slots.size(); i++) {
            assertThat(slots.get(i) - slots.get(i - 1)).isLessThanOrEqualTo(3 * share.intervalNanos);
        }
    }

    @Test
    void aPartitionThatMovesTakesItsSlotsAlong() {
        var before = slots(new RateShare(10, Set.of(0, 1), 4, Map.of()), 10);
        var after = slots(new RateShare(10, Set.of(1), 4, Map.of()), 10);
        var other = slots(new RateShare(10, Set.of(0, 2, 3), 4, Map.of()), 10);

        assertThat(after).doesNotContainAnyElementsOf(other).doesNotHaveDuplicates();
        assertThat(Stream.of(after, other).flatMap(List::stream)).containsAll(before);
    }

    @Test
    void aShareThatIsNoWholeNumberHasALongerWindow() {
        var share = new RateShare(4, Set.of(0, 1, 2, 3), 12, Map.of());

        assertThat(share.perWindow(share.parts(START))).isEqualTo(2);
        assertThat(share.windowNanos(share.parts(START))).isEqualTo(SECOND * 3 / 2);
    }

    /** The share's slots of the first seconds. */
    private static List<Long> slots(RateShare share, int seconds) {
        return LongStream.iterate(
                        share.next(START), time -> time < START + seconds * SECOND, time -> share.next(time + 1))
                .boxed()
                .toList();
    }

    private static List<RateShare> shares(int perSecond, int partitions, int instances) {
        return IntStream.range(0, instances)
                .mapToObj(instance -> new RateShare(
                        perSecond,
                        IntStream.range(0, partitions)
                                .filter(partition -> partition * instances / partitions == instance)
                                .boxed()
                                .collect(Collectors.toSet()),
                        partitions,
                        Map.of()))
                .filter(share -> !share.isNone())
                .toList();
    }

    /** The most that fall into any one second. */
    private static int mostPerSecond(List<Long> times) {
        var sorted = new TreeSet<>(times);
        return sorted.stream()
                .mapToInt(time -> sorted.subSet(time, time + SECOND).size())
                .max()
                .orElse(0);
    }
}
