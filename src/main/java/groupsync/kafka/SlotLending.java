package groupsync.kafka;

import groupsync.queue.OwnedPartitions;
import groupsync.queue.SlotLoans;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Lends the time slots of partitions that have nothing to do to partitions that have a backlog. The commits of a partition
 * note its loans: so all instances can read them, and its next owner knows them. All of it runs on the polling thread.
 */
public final class SlotLending {

    /** Long enough to be read by all and renewed in time. An event that comes back waits for so long at most. */
    private static final long TERM_MILLIS = 2_500;

    private static final long RENEWED_BEFORE_END_MILLIS = 1_500;
    /** A released partition has a new owner after the next heartbeat, which comes within 5 s, and this one has to read. */
    private static final long RELEASED_MILLIS = 6_000;
    /** A loan begins after it is decided, and so before its commit is sent or soon after. */
    private static final long AHEAD_MILLIS = 50;
    /** A partition is busy if its own slots need longer for its backlog. */
    private static final long BUSY_SECONDS = 2;

    private final int requestsPerSecond;
    private final OwnedPartitions owned;
    private final BooleanSupplier resting;
    private final Clock timeOfDay;
    private final GroupView group;
    private final QuietPartitions quiet;

    /**
     * Lends nothing before it has seen the group.
     *
     * @param requestsPerSecond of the whole account; 0 for no limit: then nothing is lent
     * @param resting whether this instance begins no request, in a pause or a stop
     * @param timeOfDay the time of day, on which the instances agree
     * @param steady a clock that is never set
     */
    public SlotLending(
            int requestsPerSecond, OwnedPartitions owned, BooleanSupplier resting, Clock timeOfDay, Clock steady) {
        this.requestsPerSecond = requestsPerSecond;
        this.owned = owned;
        this.resting = resting;
        this.timeOfDay = timeOfDay;
        group = new GroupView(steady);
        quiet = new QuietPartitions(owned, steady);
    }

    /** The loans of all partitions, as far as they are known. */
    Map<Integer, SlotLoans> loans() {
        var loans = new HashMap<>(group.loans());
        loans.putAll(owned.loans());
        return loans;
    }

    /** Looks at the whole group, if it is time to; {@code ofAll} is the number of partitions. */
    void look(Consumer<?, ?> consumer, int ofAll) {
        if (requestsPerSecond > 0) {
            group.look(consumer, ofAll, sum(owned.inHand().values()) > 0);
        }
    }

    /** Lends what this instance does not need; to be called just before a commit, which notes it. */
    void lend() {
        quiet.update();
        var progress = group.progress();
        if (progress == null) {
            return;
        }
        var now = timeOfDay.millis();
        var lent = resting.getAsBoolean() ? numbers(owned.positions().keySet()) : unneeded(progress);
        var busy = busy(progress, now);
        // All instances give the slots of the same partitions to the same borrowers.
        var lenders = IntStream.range(0, group.partitions())
                .boxed()
                .filter(partition -> lent.contains(partition) || !busy.containsKey(partition))
                .toList();
        var borrowers = Borrowers.of(lenders, busy);
        borrowers.keySet().retainAll(lent);
        borrowers.keySet().removeIf(partition -> loansOf(partition).end() - now > RENEWED_BEFORE_END_MILLIS);
        lend(borrowers, now, TERM_MILLIS);
    }

    /** Quiet partitions, as long as the slots of the others can do within a second what waits at this instance. */
    private Set<Integer> unneeded(GroupProgress progress) {
        var waits = sum(owned.inHand().values())
                + owned.positions().entrySet().stream()
                        .mapToLong(position -> progress.behind(position.getKey().partition(), position.getValue()))
                        .sum();
        return numbers(quiet.in(progress)).stream()
                .sorted()
                .limit(Math.max(0, owned.size() - partsFor(waits, 1_000)))
                .collect(Collectors.toSet());
    }

    /** The slots of so many partitions do this number of events in that time. */
    private long partsFor(long events, long millis) {
        return -Math.floorDiv(-events * group.partitions() * 1_000, requestsPerSecond * millis);
    }

    /** Other instances' partitions with a backlog. The owner of one that is lent itself sends nothing. */
    private Map<Integer, Long> busy(GroupProgress progress, long now) {
        var own = owned.loans().keySet();
        var loans = group.loans();
        var busy = new TreeMap<Integer, Long>();
        for (var partition = 0; partition < group.partitions(); partition++) {
            var lag = progress.lag(partition);
            if (lag * group.partitions() > BUSY_SECONDS * requestsPerSecond
                    && !own.contains(partition)
                    && loans.getOrDefault(partition, SlotLoans.NONE).user(partition, now) == partition) {
                busy.put(partition, lag);
            }
        }
        return busy;
    }

    /**
     * Lends the slots of partitions that this instance is about to release, until they have a new owner: to its other
     * partitions with events, otherwise to busy ones of others. Lends no more than those have work for.
     */
    void releasing(Consumer<?, ?> consumer, Collection<TopicPartition> released) {
        if (requestsPerSecond == 0) {
            return;
        }
        var now = timeOfDay.millis();
        var lenders = numbers(released);
        var busy = new TreeMap<Integer, Long>();
        if (!resting.getAsBoolean()) {
            var kept = owned.inHand();
            kept.keySet().removeAll(released);
            kept.forEach((partition, events) -> busy.put(
                    partition.partition(),
                    events + consumer.currentLag(partition).orElse(0)));
        }
        busy.values().removeIf(events -> events == 0);
        var progress = group.progress();
        var own = !busy.isEmpty();
        if (!own && progress != null) {
            busy.putAll(busy(progress, now));
        }
        var used = own ? used(lenders, now + RELEASED_MILLIS / 2) : group.partitions() - lenders.size();
        var lent = lenders.stream().sorted().limit(Math.max(0, partsFor(sum(busy.values()), RELEASED_MILLIS) - used));
        lend(Borrowers.of(lent.toList(), busy), now, RELEASED_MILLIS);
        // The commit of the release comes later, and no other instance knows them before it.
        lenders.forEach(partition -> group.committing(partition, loansOf(partition)));
    }

    /** The number of partitions in whose slots this instance may send then, without those that it releases. */
    private long used(Set<Integer> released, long millis) {
        var kept = numbers(owned.positions().keySet());
        kept.removeAll(released);
        var loans = loans();
        return IntStream.range(0, group.partitions())
                .filter(partition -> !released.contains(partition))
                .filter(partition -> kept.contains(
                        loans.getOrDefault(partition, SlotLoans.NONE).user(partition, millis)))
                .count();
    }

    /** The last commit of these partitions failed, so that their next owner knows no loan of this instance. */
    void notReleased(Collection<TopicPartition> released) {
        group.notCommitted(numbers(released));
    }

    private void lend(Map<Integer, Integer> borrowers, long now, long term) {
        for (var partition : owned.positions().keySet()) {
            var borrower = borrowers.get(partition.partition());
            if (borrower != null) {
                owned.lend(partition, loansOf(partition.partition()).and(borrower, now + AHEAD_MILLIS, now + term));
            }
        }
    }

    private SlotLoans loansOf(int partition) {
        return owned.loans().getOrDefault(partition, SlotLoans.NONE);
    }

    private static long sum(Collection<? extends Number> events) {
        return events.stream().mapToLong(Number::longValue).sum();
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
