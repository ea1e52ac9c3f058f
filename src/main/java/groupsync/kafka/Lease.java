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
 * The time for which this instance may take its partitions for its own.
 *
 * <p>Kafka assigns the partitions of a member to others when it has had no heartbeat for a session time-out. It refuses the
 * commits of the former member, but may be unable to say so. Requests to Zoom are therefore sent only for some time after a
 * confirmed commit, counted from when the commit was sent. That time is the session time-out less the longest request, so
 * that the last request ends before another instance begins. The commit may be half as old: the other half is for the
 * heartbeat before it, from which Kafka counts.
 */
public final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    /** Some commits may be late or lost before the lease expires. */
    private static final int COMMITS = 6;

    /**
     * A commit, and what it proves once it is confirmed.
     *
     * @param sent by the steady clock
     * @param sentByTimeOfDay the steady clock may stop while the machine is suspended; the time of day is corrected after it
     * @param heartbeatAge the time since the last heartbeat
     */
    record Commit(Instant sent, Instant sentByTimeOfDay, Duration heartbeatAge) {}

    private final Duration longestRequest;
    private final Clock steady;
    private final Clock timeOfDay;
    private volatile Duration term;
    private volatile @Nullable Commit latest;
    private volatile @Nullable Commit confirmed;
    private volatile @Nullable Outage expiry;

    /**
     * Not valid before the first confirmed commit.
     *
     * @param longestRequest to Zoom
     * @param steady a clock that is never set
     * @param timeOfDay a clock that may be set
     */
    public Lease(Duration longestRequest, Clock steady, Clock timeOfDay) {
        this.longestRequest = longestRequest;
        this.steady = steady;
        this.timeOfDay = timeOfDay;
        this.term = term(GroupSession.USUAL);
    }

    private Duration term(Duration session) {
        var term = session.minus(longestRequest);
        return term.compareTo(SHORTEST) < 0 ? SHORTEST : term;
    }

    /** @param session the time without a heartbeat after which Kafka removes a member */
    void sessionTimeout(Duration session) {
        term = term(session);
        if (session.minus(longestRequest).compareTo(term) < 0) {
            LOG.warn(
                    "the order of a group's updates is not sure across instances: Kafka's session time-out of the group is"
                            + " {}, and a request may take {}; set zoom.response-timeout to less, or the session time-out to"
                            + " more",
                    session,
                    longestRequest);
        }
    }

    private Duration half() {
        // Duration divides by way of decimal numbers, and each request asks for this.
        return Duration.ofNanos(term.toNanos() / 2);
    }

    /** Whether a commit is due, also without new offsets. */
    boolean isCommitDue() {
        var before = latest;
        return before == null || !steady.instant().isBefore(before.sent().plus(half().dividedBy(COMMITS)));
    }

    /** @param heartbeatAge the time since the last heartbeat, at most */
    Commit commitSent(Duration heartbeatAge) {
        var commit = new Commit(steady.instant(), timeOfDay.instant(), heartbeatAge);
        latest = commit;
        return commit;
    }

    /** The partitions were this instance's when this commit was sent. */
    void commitConfirmed(Commit commit) {
        var before = confirmed;
        // Both may be equal: the steady clock may stop while the machine is suspended.
        if (before == null || !before.sent().isAfter(commit.sent())) {
            confirmed = commit;
        }
    }

    /** Whether the partitions are still this instance's, so that requests may be sent. */
    public boolean isValid() {
        var commit = confirmed;
        if (commit == null) {
            return false;
        }
        var age = age(commit);
        return age.compareTo(half()) < 0 && age.plus(commit.heartbeatAge()).compareTo(term) < 0;
    }

    private Duration age(Commit commit) {
        var age = Duration.between(commit.sent(), steady.instant());
        var byTimeOfDay = Duration.between(commit.sentByTimeOfDay(), timeOfDay.instant());
        return age.compareTo(byTimeOfDay) < 0 ? byTimeOfDay : age;
    }

    /**
     * Logs that the lease has expired, or is valid again.
     *
     * @param partitions to commit; without any, no request is due
     */
    void check(Collection<TopicPartition> partitions) {
        var before = expiry;
        var commit = confirmed;
        if (partitions.isEmpty()) {
            expiry = null;
            // The next partitions need a commit of their own. No warning is due until it is confirmed.
            confirmed = null;
        } else if (before != null && isValid()) {
            expiry = null;
            LOG.info(
                    "requests are sent again after {}: Kafka confirmed that the partitions are this instance's",
                    Duration.between(before.since(), timeOfDay.instant()).truncatedTo(ChronoUnit.MILLIS));
        } else if (before == null && commit != null && !isValid()) {
            var cause = "for " + unconfirmed(commit)
                    + " Kafka has not confirmed that the partitions are still this instance's";
            expiry = new Outage(cause, timeOfDay.instant());
            LOG.warn("no requests are sent cause=[{}] partitions={}", cause, partitions);
        }
    }

    /** To the millisecond; since the heartbeat if that is too old, otherwise since the commit. */
    private Duration unconfirmed(Commit commit) {
        var age = age(commit);
        var time = age.compareTo(half()) < 0 ? age.plus(commit.heartbeatAge()) : age;
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Why no requests are sent; empty while the lease is valid. */
    public Optional<Outage> expiry() {
        return Optional.ofNullable(expiry);
    }
}
