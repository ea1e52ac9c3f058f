package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.queue.SlotLoans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loans of time slots, as several instances see them. */
class LentSlotsOfShareTest {

    private static final int PARTITIONS = 12;
    private static final int PER_SECOND = 80;
    private static final long START = TimeUnit.SECONDS.toNanos(1_795_460_000L);
    private static final long INTERVAL = new RateShare(PER_SECOND, Set.of(0), PARTITIONS, Map.of()).intervalNanos;

    /** What an instance owns, and the loans that it knows. */
    private static final class Instance {
        final Set<Integer> owned = new HashSet<>();
        final Map<Integer, SlotLoans> known = new HashMap<>();

        boolean uses(long slot) {
            var share = new RateShare(PER_SECOND, owned, PARTITIONS, known);
            return !share.isNone() && share.next(slot) == slot;
        }
    }

    /** The consumer group: what Kafka assigns, and what it has of the commits. */
    private static final class Group {
        final Map<Integer, SlotLoans> committed = new HashMap<>();
        final List<Instance> instances = new ArrayList<>();
        private final Random random;

        Group(int size, long seed) {
            random = new Random(seed);
            IntStream.range(0, size).forEach(any -> instances.add(new Instance()));
            IntStream.range(0, PARTITIONS).forEach(partition -> any().owned.add(partition));
        }

        Instance any() {
            return instances.get(random.nextInt(instances.size()));
        }

        Instance ownerOf(int partition) {
            return instances.stream()
                    .filter(one -> one.owned.contains(partition))
                    .findFirst()
                    .orElseThrow();
        }

        /** The owner lends, and its commit reaches Kafka, or does not. */
        void lends(int partition, long now, long term, boolean reachesKafka) {
            var owner = ownerOf(partition);
            var loans = owner.known.getOrDefault(partition, SlotLoans.NONE);
            var next = loans.and(random.nextInt(PARTITIONS), now + 1, now + term);
            owner.known.put(partition, next);
            if (reachesKafka) {
                committed.put(partition, next);
            }
        }

        /** Its view of the others; of its own partitions it knows more than Kafka. */
        void looks(Instance instance) {
            committed.forEach((partition, loans) -> {
                if (!instance.owned.contains(partition)) {
                    instance.known.put(partition, loans);
                }
            });
        }

        void moves(int partition) {
            var before = ownerOf(partition);
            before.owned.remove(partition);
            before.known.remove(partition);
            var after = any();
            after.owned.add(partition);
            after.known.put(partition, committed.getOrDefault(partition, SlotLoans.NONE));
        }

        void happens(long now) {
            var partition = random.nextInt(PARTITIONS);
            switch (random.nextInt(8)) {
                case 0 -> moves(partition);
                case 1, 2 -> looks(any());
                case 3 -> lends(partition, now, 2_500, false);
                case 4 -> lends(partition, now, 7_000, true);
                default -> lends(partition, now, 2_500, true);
            }
        }

        long users(long slot) {
            return instances.stream().filter(one -> one.uses(slot)).count();
        }
    }

    /** Views differ, partitions move, loans are renewed and changed, and commits fail. */
    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "3, 3", "4, 4", "7, 5", "12, 6"})
    void aSlotNeverHasTwoUsers(int instances, long seed) {
        var group = new Group(instances, seed);
        var used = 0;

        for (var slot = firstSlot(); slot < START + TimeUnit.MINUTES.toNanos(2); slot += INTERVAL) {
            group.happens(TimeUnit.NANOSECONDS.toMillis(slot - INTERVAL));
            var users = group.users(slot);
            assertThat(users).as("users of the slot at %d", slot).isLessThanOrEqualTo(1);
            used += (int) users;
        }

        // Otherwise it would be no wonder.
        assertThat(used).isGreaterThan(PER_SECOND * 30);
    }

    @ParameterizedTest
    @CsvSource({"2, 11", "3, 12", "5, 13"})
    void eachSlotHasAUserOnceAllKnowTheLoans(int instances, long seed) {
        var group = new Group(instances, seed);

        for (var slot = firstSlot(); slot < START + TimeUnit.MINUTES.toNanos(1); slot += INTERVAL) {
            var now = TimeUnit.NANOSECONDS.toMillis(slot - INTERVAL);
            group.lends(group.random.nextInt(PARTITIONS), now, 2_500, true);
            if (group.random.nextInt(20) == 0) {
                group.moves(group.random.nextInt(PARTITIONS));
            }
            group.instances.forEach(group::looks);

            assertThat(group.users(slot)).as("users of the slot at %d", slot).isEqualTo(1);
        }
    }

    @Test
    void oneBusyPartitionGetsAllSlots() {
        var loans = new HashMap<Integer, SlotLoans>();
        var until = TimeUnit.NANOSECONDS.toMillis(START) + 10_000;
        IntStream.range(1, PARTITIONS)
                .forEach(partition ->
                        loans.put(partition, SlotLoans.NONE.and(0, TimeUnit.NANOSECONDS.toMillis(START), until)));
        var share = new RateShare(PER_SECOND, Set.of(0), PARTITIONS, loans);

        var slots = LongStream.iterate(share.next(START), slot -> slot + INTERVAL)
                .limit(PER_SECOND)
                .boxed()
                .toList();

        assertThat(slots).allSatisfy(slot -> assertThat(share.next(slot)).isEqualTo(slot));
        assertThat(share.perWindow(share.parts(START))).isEqualTo(PER_SECOND);
        assertThat(share.requestsPerSecond()).isEqualTo(PER_SECOND / 12.0);
        assertThat(share.borrowedPerSecond(START)).isEqualTo(PER_SECOND * 11 / 12.0);
        assertThat(share.lentPerSecond(START)).isZero();
    }

    @Test
    void anInstanceThatLendsAllItsSlotsUsesThemAgainAtTheEndOfTheLoan() {
        var from = TimeUnit.NANOSECONDS.toMillis(START);
        var share =
                new RateShare(PER_SECOND, Set.of(3), PARTITIONS, Map.of(3, SlotLoans.NONE.and(5, from, from + 2_000)));
        var end = START + TimeUnit.SECONDS.toNanos(2);

        assertThat(share.lentPerSecond(START)).isEqualTo(PER_SECOND / 12.0);
        assertThat(share.parts(START)).isZero();
        assertThat(LongStream.iterate(firstSlot(), slot -> slot < end, slot -> slot + INTERVAL)
                        .filter(slot -> share.next(slot) == slot))
                .isEmpty();
        assertThat(share.next(end)).isBetween(end, end + PARTITIONS * INTERVAL);
    }

    private static long firstSlot() {
        return -Math.floorDiv(-START, INTERVAL) * INTERVAL;
    }
}
