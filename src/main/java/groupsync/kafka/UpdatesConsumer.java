package groupsync.kafka;

import groupsync.queue.GroupQueues;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Kafka's consumer for the queues: each poll commits the finished updates first, and reads nothing while the queues are full.
 *
 * <p>All of it runs on the polling thread, as Kafka demands. That thread never waits for Zoom, so no pause costs the
 * partitions.
 */
final class UpdatesConsumer extends KafkaConsumer<byte[], byte[]> {

    /** Until the next look whether the queues have room. */
    private static final Duration FULL_INTERVAL = Duration.ofMillis(20);
    /** While they have none, Kafka is polled after so many looks: a poll costs more than a look. */
    private static final int LOOKS_WHILE_FULL = 5;

    /** Without events in hand there is nothing new to commit. A record that comes ends the poll at once. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(500);

    private static final Duration LOGIN_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Properties properties;
    private final GroupQueues queues;
    private final Membership member;
    private final ConsumerHealth health;
    private final LostUpdates lost;
    private final DamagedBatches damaged;
    private final OffsetCommitter committer;
    private final PartitionShare share;
    private final RevokedPartitions revoked;
    private final UndamagedPoll undamaged;
    /** Camel unsubscribes and closes a closed consumer again when it reconnects. */
    private boolean closed;

    UpdatesConsumer(
            Properties properties,
            GroupQueues queues,
            Membership member,
            KafkaClients.Ownership ownership,
            SlotLending lending,
            LostUpdates lost,
            Clock steady) {
        super(properties);
        this.properties = properties;
        this.queues = queues;
        this.member = member;
        health = member.health();
        damaged = member.damaged();
        this.lost = lost;
        share = new PartitionShare(this, ownership, lending);
        committer = new OffsetCommitter(this, member, share::lend, steady);
        revoked = new RevokedPartitions(this, queues, committer, share, lending);
        undamaged = new UndamagedPoll(this, super::poll, damaged);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        health.polled();
        share.look();
        committer.commitFinished();
        var full = queues.isFull();
        pauseOrResume(full);
        try {
            var polled = undamaged.poll(full ? Duration.ZERO : isIdle() ? IDLE_TIMEOUT : timeout);
            // With a time-out, Kafka's consumer spins if it has fetched records of paused partitions.
            for (var looks = 0; full && looks < LOOKS_WHILE_FULL; looks++) {
                LockSupport.parkNanos(FULL_INTERVAL.toNanos());
                full = queues.isFull();
            }
            health.succeeded(!polled.isEmpty());
            share.report();
            lost.check(this, polled);
            damaged.polled(assignment(), this::position);
            return UnfinishedRecords.of(polled, member.partitions());
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (AuthenticationException e) {
            health.failed(e);
            // Each reconnect is a login, which a broker or an identity provider may count.
            LockSupport.parkNanos(LOGIN_INTERVAL.toNanos());
            // Camel would end its thread for good, but a password or a certificate can be corrected.
            throw new KafkaException(e);
        } catch (RuntimeException e) {
            health.failed(e);
            throw e;
        }
    }

    private boolean isIdle() {
        return queues.isEmpty() && committer.isIdle();
    }

    private void pauseOrResume(boolean full) {
        if (full) {
            pause(assignment());
        } else if (!paused().isEmpty()) {
            var resumed = new HashSet<>(paused());
            resumed.removeAll(damaged.resting());
            resume(resumed);
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, rebalances(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, rebalances(listener));
    }

    private Rebalances rebalances(ConsumerRebalanceListener camels) {
        return new Rebalances(this, properties, queues, member.lease(), revoked, camels);
    }

    @Override
    public void unsubscribe() {
        if (!closed) {
            revoked.release(assignment());
            super.unsubscribe();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            revoked.release(assignment());
            super.close(CloseOptions.timeout(LONGEST_CLOSE));
        }
    }
}
