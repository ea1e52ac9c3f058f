package groupsync.delivery;

import groupsync.queue.SlotLoans;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * This instance's share of the account's limit: that of its partitions. Kafka assigns the partitions, and with them the
 * limit, so that all instances together keep it.
 *
 * <p>Time is cut into slots, one for each request that the account may send, and the partitions take turns in the slots. An
 * instance sends in the slots of its partitions. So a limit that is smaller than the number of instances is shared too, and
 * a partition that moves takes its slots along. The clocks of the instances must agree to some milliseconds, as with NTP.
 * The owner of all partitions needs no slots: it only keeps the interval between two requests.
 *
 * <p>The owner of a partition that has nothing to do lends its slots to another partition for a moment ({@link SlotLoans}).
 * Each slot has one user, also while an instance does not know of the newest loan: it then uses too few slots.
 *
 * <p>While the number of partitions is unknown, nothing is sent: an instance would take the slots of others.
 */
final class RateShare {

    /** Requests may reach Zoom a little closer together than they were sent. */
    private static final double MARGIN = 1.02;
    /** More between instances: no instance knows that a request of another one was held up on its way. */
    private static final double SHARED_MARGIN = 1.03;
    /** Neighbouring slots belong to partitions that are far apart, since an instance often owns neighbouring partitions. */
    private static final double GOLDEN_RATIO = 0.618;

    /** Until the next look for a slot, where all are lent. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Between two requests of the whole account. */
    final long intervalNanos;

    private final int requestsPerSecond;
    private final Set<Integer> owned;
    private final Map<Integer, SlotLoans> loans;
    private final int partitions;
    private final boolean known;
    private final int stride;

    /**
     * Shares a limit.
     *
     * @param requestsPerSecond of the whole account
     * @param owned the partitions that are this instance's
     * @param partitions their number in all, as far as it is known; otherwise 0, or less than the owned ones need
     * @param loans of any partitions, as far as they are known
     */
    RateShare(int requestsPerSecond, Set<Integer> owned, int partitions, Map<Integer, SlotLoans> loans) {
        this.requestsPerSecond = requestsPerSecond;
        this.owned = Set.copyOf(owned);
        this.loans = Map.copyOf(loans);
        this.partitions = Math.max(partitions, 1);
        this.known = owned.stream().allMatch(partition -> partition < partitions);
        this.intervalNanos =
                (long) (TimeUnit.SECONDS.toNanos(1) * (isWhole() ? MARGIN : SHARED_MARGIN) / requestsPerSecond);
        this.stride = stride(this.partitions);
    }

    private static int stride(int partitions) {
        var stride = Math.max(1, (int) (partitions * GOLDEN_RATIO));
        while (greatestCommonDivisor(stride, partitions) > 1) {
            stride++;
        }
        return stride;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    boolean isNone() {
        return owned.isEmpty() || !known;
    }

    private boolean isWhole() {
        return owned.size() >= partitions;
    }

    /** The part that goes with the partitions, lent or not. */
    double requestsPerSecond() {
        return isNone() ? 0 : perSecond(Math.min(owned.size(), partitions));
    }

    /** The part of it that other partitions' owners use at this time. */
    double lentPerSecond(long time) {
        return perSecond(count(partition -> owned.contains(partition) && !isUsed(partition, time)));
    }

    /** The part that this instance uses at this time, of partitions that are not its own. */
    double borrowedPerSecond(long time) {
        return perSecond(count(partition -> !owned.contains(partition) && isUsed(partition, time)));
    }

    private double perSecond(long parts) {
        return (double) requestsPerSecond * parts / partitions;
    }

    private long count(IntPredicate counted) {
        return isNone() ? 0 : IntStream.range(0, partitions).filter(counted).count();
    }

    /** Whether this instance may send in the slots of a partition at this time. */
    private boolean isUsed(int partition, long time) {
        var user = loans.getOrDefault(partition, SlotLoans.NONE).user(partition, TimeUnit.NANOSECONDS.toMillis(time));
        return owned.contains(user);
    }

    /**
     * When the next request may be sent.
     *
     * @param earliest possible time, in nanoseconds since the epoch
     * @return nanoseconds since the epoch; if this instance has none of the next slots, a time when to look again
     */
    long next(long earliest) {
        if (isWhole() || isNone()) {
            return earliest;
        }
        var slot = -Math.floorDiv(-earliest, intervalNanos);
        for (var end = slot + partitions; slot < end; slot++) {
            if (isUsed((int) (slot * stride % partitions), slot * intervalNanos)) {
                return slot * intervalNanos;
            }
        }
        return earliest + AGAIN_NANOS;
    }

    /** The average time between two requests of an instance with so many parts. */
    long ownIntervalNanos(int parts) {
        return intervalNanos * partitions / Math.max(parts, 1);
    }

    /** The number of partitions in whose slots this instance may send at this time. */
    int parts(long time) {
        return isWhole() ? partitions : (int) count(partition -> isUsed(partition, time));
    }

    /** How many requests Zoom may see within {@link #windowNanos} of an instance with so many parts; one at least. */
    int perWindow(int parts) {
        return (int) -Math.floorDiv(-requestsPerSecond * (long) Math.max(parts, 1), partitions);
    }

    /** A second, or longer for parts that are no whole number of requests per second. */
    long windowNanos(int parts) {
        return TimeUnit.SECONDS.toNanos(perWindow(parts))
                * partitions
                / (requestsPerSecond * (long) Math.max(parts, 1));
    }
}
