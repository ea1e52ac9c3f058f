package groupsync.kafka;

import groupsync.queue.OwnedPartitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets of finished updates. Where nothing new is finished it repeats the last commit now and then, because
 * a confirmed commit renews the lease.
 */
final class OffsetCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    /** The client gives up a request after half of it. */
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(1);

    private static final Duration LONGEST_LAST_COMMIT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final OwnedPartitions owned;
    private final Lease lease;
    private final Clock steady;
    private final Runnable beforeCommit;
    private final @Nullable Metric heartbeatAge;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private Instant nextCommit = Instant.MIN;
    private Lease.@Nullable Commit inFlight;
    private boolean failing;

    /**
     * Commits nothing yet.
     *
     * @param beforeCommit may change what the commit notes
     * @param steady a clock that is never set
     */
    OffsetCommitter(Consumer<?, ?> consumer, Membership member, Runnable beforeCommit, Clock steady) {
        this.consumer = consumer;
        owned = member.partitions();
        lease = member.lease();
        this.beforeCommit = beforeCommit;
        this.steady = steady;
        heartbeatAge = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .findFirst()
                .orElse(null);
    }

    /** Sends a commit if one is due, and does not wait for it. */
    void commitFinished() {
        var now = steady.instant();
        if (now.isBefore(nextCommit)) {
            return;
        }
        lease.check(owned.committable().keySet());
        if (inFlight != null && now.isBefore(inFlight.sent().plus(LONGEST_COMMIT))) {
            // Without a broker, the client would collect hundreds of commits and then send all of them.
            return;
        }
        beforeCommit.run();
        var offsets = owned.committable();
        if (!lease.isCommitDue()) {
            offsets.entrySet().removeIf(offset -> offset.getValue().equals(committed.get(offset.getKey())));
        }
        if (!offsets.isEmpty()) {
            nextCommit = now.plus(INTERVAL);
            commit(offsets);
        }
    }

    /** Whether no commit is under way, and none was sent a moment ago. */
    boolean isIdle() {
        return inFlight == null && !steady.instant().isBefore(nextCommit);
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        committed.putAll(offsets);
        var commit = lease.commitSent(heartbeatAge());
        inFlight = commit;
        consumer.commitAsync(offsets, (attempted, failure) -> {
            inFlight = null;
            if (failure == null) {
                lease.commitConfirmed(commit);
            } else {
                // The callback of a failed commit gets no offsets.
                forget(offsets.keySet());
            }
            log(failure);
        });
    }

    /** At most; the client counts whole seconds. Zero before the first heartbeat, or if the client has no such metric. */
    private Duration heartbeatAge() {
        var seconds = heartbeatAge != null && heartbeatAge.metricValue() instanceof Double age ? age : -1.0;
        return seconds < 0 ? Duration.ZERO : Duration.ofSeconds((long) seconds + 1);
    }

    private void log(@Nullable Exception failure) {
        if (failure != null && !failing) {
            LOG.warn("offsets cannot be committed; the commit is repeated: {}", failure.toString());
        } else if (failure == null && failing) {
            LOG.info("offsets are committed again");
        }
        failing = failure != null;
    }

    /** Commits and waits for it: another instance is about to read these partitions. Returns whether it succeeded. */
    boolean commitLast(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, LONGEST_LAST_COMMIT);
            return true;
        } catch (WakeupException e) {
            // A stop wakes up the poll, which may have ended already. The consumer throws each wake-up once.
            return commitLast(offsets);
        } catch (KafkaException e) {
            LOG.warn("offsets could not be committed; updates since the last commit are repeated: {}", e.toString());
            return false;
        }
    }

    /** The next commit includes these partitions, also if their offsets are as before. */
    void forget(Collection<TopicPartition> partitions) {
        committed.keySet().removeAll(partitions);
    }
}
