package groupsync.delivery;

import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.UpdateDeferredException;
import groupsync.zoom.NoReplyException;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The requests that this instance may send in a UTC day: the quotas of its partitions.
 *
 * <p>The bound of the account is cut into a quota for each partition of the updates topic. The owner of a partition may
 * spend its quota, for updates of any of its partitions. The commits of a partition note how much of its quota is used. So
 * all instances together keep the bound, and share nothing but Kafka.
 */
public final class DailyBudget {

    private final int bound;
    private final OwnedPartitions owned;
    private final Clock timeOfDay;
    private volatile int partitions;

    /**
     * Creates the budget of an instance that does not know the number of partitions yet, and so has no quota.
     *
     * @param bound requests per day of all instances together; 0 for no bound
     * @param owned the partitions of this instance, which keep the charges
     * @param timeOfDay the time of day
     */
    public DailyBudget(int bound, OwnedPartitions owned, Clock timeOfDay) {
        this.bound = bound;
        this.owned = owned;
        this.timeOfDay = timeOfDay;
    }

    /** Sets the number of partitions of the updates topic, owned or not: the number of quotas. */
    public void partitions(int ofAll) {
        partitions = ofAll;
    }

    /**
     * Returns if a request may be sent today; it is charged when it is written.
     *
     * @throws NoReplyException if the budget is spent: nothing may be sent before the end of the day
     * @throws UpdateDeferredException if this instance owns no partition any more
     */
    public void requireLeft(PendingUpdate update) throws NoReplyException, UpdateDeferredException {
        if (bound == 0) {
            return;
        }
        var now = timeOfDay.instant();
        var today = new Today(now);
        if (today.charged.isEmpty()) {
            throw new UpdateDeferredException(update);
        }
        if (today.left() <= 0) {
            var end = today.date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            var message = today.used() + " of " + today.limit()
                    + " requests are used, the part of this instance in zoom.requests-per-day=" + bound
                    + "; the day ends at " + end;
            throw new NoReplyException(
                    new ZoomReply(Verdict.DAILY_BUDGET_SPENT, null, null, message, null, Duration.between(now, end)));
        }
    }

    /**
     * Charges a request that is written to Zoom now: to the partition of its update, or to another one if that quota is
     * spent.
     *
     * @throws UpdateDeferredException if meanwhile the budget is spent, so that the request must not be sent
     */
    public synchronized void charge(PendingUpdate update) throws UpdateDeferredException {
        if (bound == 0) {
            return;
        }
        var today = new Today(timeOfDay.instant());
        var own = update.event().source().partition();
        if (today.left() <= 0 || !owned.charge(today.left(own) > 0 ? own : today.mostLeft(), today.date)) {
            throw new UpdateDeferredException(update);
        }
    }

    /** Whether a request may be sent today. */
    public boolean isLeft() {
        return bound == 0 || new Today(timeOfDay.instant()).left() > 0;
    }

    /** Requests per day of all instances together; infinite if there is no bound. */
    public double accountLimit() {
        return bound == 0 ? Double.POSITIVE_INFINITY : bound;
    }

    /** Requests per day of this instance; infinite if there is no bound. */
    public double ownedLimit() {
        return bound == 0 ? Double.POSITIVE_INFINITY : new Today(timeOfDay.instant()).limit();
    }

    /** The requests of today that its partitions are charged with, also by earlier owners; 0 if there is no bound. */
    public long used() {
        return bound == 0 ? 0 : new Today(timeOfDay.instant()).used();
    }

    /** Each partition has an equal part; the first ones share the remainder. */
    private int quota(TopicPartition partition) {
        var number = partition.partition();
        return number >= partitions ? 0 : bound / partitions + (number < bound % partitions ? 1 : 0);
    }

    /** The charges of the present day. */
    private final class Today {
        final LocalDate date;
        final Map<TopicPartition, Integer> charged;

        Today(Instant now) {
            date = LocalDate.ofInstant(now, ZoneOffset.UTC);
            charged = owned.charged(date);
        }

        long limit() {
            return charged.keySet().stream().mapToLong(DailyBudget.this::quota).sum();
        }

        long used() {
            return charged.values().stream().mapToLong(Integer::longValue).sum();
        }

        /** Not positive if the bound was larger when it was used. */
        long left() {
            return limit() - used();
        }

        /** 0 for a partition that cannot be charged. */
        int left(TopicPartition partition) {
            return charged.containsKey(partition) ? quota(partition) - charged.get(partition) : 0;
        }

        TopicPartition mostLeft() {
            return Collections.max(charged.keySet(), Comparator.comparingInt(this::left));
        }
    }
}
