package groupsync.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long this instance may believe that its partitions are still its own.
 *
 * <p>Kafka gives a member up, and its partitions to others, when it has heard nothing of it for a session time-out; it
 * refuses the commits of a member that it gave up, and may be unable to say so. So a request to Zoom is sent only for
 * some time after a commit that Kafka confirmed, counted from when the commit was sent. With the session time-out less
 * the longest request, the last request is over before another instance can begin. A half of that has to do for the
 * commit: the other half is for the heartbeat, which is what Kafka counts from, and which may be older.
 */
public final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** Some commits may be late or lost before the lease runs out. */
    private static final int COMMITS = 6;

    /**
     * A commit, and what it shows if it is confirmed.
     *
     * @param sent by the steady clock
     * @param sentByTimeOfDay the steady clock of a suspended machine may stand still, this one is set right after it
     * @param heartbeatAge how long before it the last heartbeat was sent
     */
    record Commit(Instant sent, Instant sentByTimeOfDay, Duration heartbeatAge) {}

    /**
     * Why no requests are sent.
     *
     * @param since by the time of day
     */
    public record Expiry(String cause, Instant since) {}

    private final Duration longestRequest;
    private final Clock steady;
    private final Clock timeOfDay;
    private volatile Duration usable;
    private volatile @Nullable Commit latest;
    private volatile @Nullable Commit confirmed;
    private volatile @Nullable Expiry doubt;

    /**
     * Not yet confirmed.
     *
     * @param longestRequest to Zoom
     * @param steady a clock that is never set
     * @param timeOfDay a clock that is
     */
    public Lease(Duration longestRequest, Clock steady, Clock timeOfDay) {
        this.longestRequest = longestRequest;
        this.steady = steady;
        this.timeOfDay = timeOfDay;
        this.usable = usable(GroupSession.USUAL);
    }

    private Duration usable(Duration session) {
        var usable = session.minus(longestRequest);
        return usable.compareTo(SHORTEST.multipliedBy(2)) < 0 ? SHORTEST.multipliedBy(2) : usable;
    }

    /** @param time for which Kafka hears nothing of a member before it gives it up */
    void sessionTimeout(Duration time) {
        usable = usable(time);
        if (time.minus(longestRequest).compareTo(usable) < 0) {
            LOG.warn(
                    "the order of a group's updates is not sure across instances: Kafka's session time-out of the group is"
                            + " {}, and a request may take {}; set zoom.response-timeout to less, or the session time-out to"
                            + " more",
                    time,
                    longestRequest);
        }
    }

    private Duration half() {
        return usable.dividedBy(2);
    }

    /** Whether a commit is due, though there may be nothing new to commit. */
    boolean isCommitDue() {
        var before = latest;
        return before == null || !steady.instant().isBefore(before.sent().plus(half().dividedBy(COMMITS)));
    }

    /**
     * A commit is sent now.
     *
     * @param heartbeatAge how long ago the last heartbeat was sent, as far as known
     */
    Commit commitSent(Duration heartbeatAge) {
        var commit = new Commit(steady.instant(), timeOfDay.instant(), heartbeatAge);
        latest = commit;
        return commit;
    }

    /** Kafka took the commit: the partitions were ours when it was sent. */
    void commitConfirmed(Commit commit) {
        var before = confirmed;
        // They may be equal: the steady clock of a suspended machine stands still.
        if (before == null || !before.sent().isAfter(commit.sent())) {
            confirmed = commit;
        }
    }

    /** Whether the partitions are still ours, so that requests may be sent. */
    public boolean isValid() {
        var commit = confirmed;
        if (commit == null) {
            return false;
        }
        var age = age(commit);
        return age.compareTo(half()) < 0 && age.plus(commit.heartbeatAge()).compareTo(usable) < 0;
    }

    private Duration age(Commit commit) {
        var age = Duration.between(commit.sent(), steady.instant());
        var byTimeOfDay = Duration.between(commit.sentByTimeOfDay(), timeOfDay.instant());
        return age.compareTo(byTimeOfDay) < 0 ? byTimeOfDay : age;
    }

    /**
     * Looks whether the lease has run out, or is confirmed again, and logs it.
     *
     * @param partitions that are committed; without any there is nothing to send
     */
    void check(Collection<TopicPartition> partitions) {
        var told = doubt;
        var commit = confirmed;
        if (partitions.isEmpty()) {
            doubt = null;
            // The next partitions need a commit of their own, and until it is confirmed there is nothing to warn of.
            confirmed = null;
        } else if (told != null && isValid()) {
            doubt = null;
            LOG.info(
                    "requests are sent again after {}: Kafka confirmed that the partitions are this instance's",
                    Duration.between(told.since(), timeOfDay.instant()).truncatedTo(ChronoUnit.MILLIS));
        } else if (told == null && commit != null && !isValid()) {
            var cause = "for " + unconfirmed(commit)
                    + " Kafka has not confirmed that the partitions are still this instance's";
            doubt = new Expiry(cause, timeOfDay.instant());
            LOG.warn("no requests are sent cause=[{}] partitions={}", cause, partitions);
        }
    }

    /** To be shown: to the millisecond, from the heartbeat where that is what is too old. */
    private Duration unconfirmed(Commit commit) {
        var age = age(commit);
        var time = age.compareTo(half()) < 0 ? age.plus(commit.heartbeatAge()) : age;
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Why no requests are sent, if this is why. */
    public Optional<Expiry> expiry() {
        return Optional.ofNullable(doubt);
    }
}
