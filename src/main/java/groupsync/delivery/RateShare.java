package groupsync.delivery;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * This instance's share of the account's limit: that of its partitions. Kafka assigns the partitions, and with them the
 * limit, so that all instances together keep it.
 *
 * <p>Time is cut into slots, one for each request that the account may send, and the partitions take turns in the slots. An
 * instance sends in the slots of its partitions. So a limit that is smaller than the number of instances is shared too, and
 * a partition that moves takes its slots along. The clocks of the instances must agree to some milliseconds, as with NTP.
 * The owner of all partitions needs no slots: it only keeps the interval between two requests.
 *
 * <p>While the number of partitions is unknown, nothing is sent: an instance would take the slots of others.
 */
final class RateShare {

    /** Requests may reach Zoom a little closer together than they were sent. */
    private static final double MARGIN = 1.02;
    /** More between instances: no instance knows that a request of another one was held up on its way. */
    private static final double SHARED_MARGIN = 1.05;
    /** Neighbouring slots belong to partitions that are far apart, since an instance often owns neighbouring partitions. */
    private static final double GOLDEN_RATIO = 0.618;

    /** Between two requests of the whole account. */
    final long intervalNanos;

    private final int requestsPerSecond;
    private final Set<Integer> owned;
    private final int partitions;
    private final boolean known;
    private final int stride;

    /**
     * Shares a limit.
     *
     * @param requestsPerSecond of the whole account
     * @param owned the partitions that are this instance's
     * @param partitions their number in all, as far as it is known; otherwise 0, or less than the owned ones need
     */
    RateShare(int requestsPerSecond, Set<Integer> owned, int partitions) {
        this.requestsPerSecond = requestsPerSecond;
        this.owned = Set.copyOf(owned);
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

    double requestsPerSecond() {
        return isNone() ? 0 : (double) requestsPerSecond * parts() / partitions;
    }

    /**
     * When the next request may be sent.
     *
     * @param earliest possible time, in nanoseconds since the epoch
     * @return nanoseconds since the epoch
     */
    long next(long earliest) {
        if (isWhole() || isNone()) {
            return earliest;
        }
        var slot = -Math.floorDiv(-earliest, intervalNanos);
        while (!owned.contains((int) (slot * stride % partitions))) {
            slot++;
        }
        return slot * intervalNanos;
    }

    /** Between two requests of this instance, on average. */
    long ownIntervalNanos() {
        return intervalNanos * partitions / parts();
    }

    /** How many requests of this instance Zoom may see within {@link #windowNanos()}. */
    int perWindow() {
        return (int) -Math.floorDiv(-requestsPerSecond * (long) parts(), partitions);
    }

    /** A second, or longer for a share that is no whole number of requests per second. */
    long windowNanos() {
        return TimeUnit.SECONDS.toNanos(perWindow()) * partitions / (requestsPerSecond * (long) parts());
    }

    private int parts() {
        return Math.min(Math.max(owned.size(), 1), partitions);
    }
}
