package groupsync.kafka;

import groupsync.queue.GroupQueues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's consumer, which at each poll commits what is done, holds back while enough is in hand, and before it lets
 * go of partitions finishes what is under way. All of it happens on the polling thread, as Kafka wants it; and since
 * that thread never waits for Zoom, no pause is ever long enough to cost the partitions.
 */
final class UpdatesConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(UpdatesConsumer.class);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);
    /** Less than the 30 s in which a stop is promised, and more than a request can take (zoom.response-timeout). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long it is before it looks again whether there is room for more. */
    private static final Duration HELD_BACK = Duration.ofMillis(20);

    private static final Duration LOGIN_INTERVAL = Duration.ofSeconds(1);

    /** The client gives a request up after half of it. */
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(1);

    private static final Duration METADATA_TIMEOUT = Duration.ofMillis(500);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    private final GroupQueues inHand;
    private final ConsumerHealth reading;
    private final KafkaClients.Ownership ownership;
    private final LostUpdates lost;
    private final DamagedBatches damaged;
    private final Lease lease;
    private final Clock steady;
    private final Properties properties;
    private final @Nullable Metric heartbeatAge;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private Instant nextCommit = Instant.MIN;
    private Lease.@Nullable Commit underWay;
    private boolean commitFails;
    private boolean sessionKnown;
    private int partitions;
    /** Camel unsubscribes and closes what it has closed, when it connects anew. */
    private boolean closed;

    UpdatesConsumer(
            Properties properties,
            GroupQueues inHand,
            ConsumerHealth reading,
            KafkaClients.Ownership ownership,
            LostUpdates lost,
            DamagedBatches damaged,
            Lease lease,
            Clock steady) {
        super(properties);
        this.properties = properties;
        this.lease = lease;
        this.reading = reading;
        this.ownership = ownership;
        this.lost = lost;
        this.damaged = damaged;
        this.inHand = inHand;
        this.steady = steady;
        heartbeatAge = metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .findFirst()
                .orElse(null);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        reading.polled();
        commitWhatIsDone();
        var holdsBack = inHand.isFull();
        if (holdsBack) {
            pause(assignment());
        } else if (!paused().isEmpty()) {
            var rested = new HashSet<>(paused());
            rested.removeAll(damaged.resting());
            resume(rested);
        }
        try {
            var polled = pollUndamaged(holdsBack ? Duration.ZERO : timeout);
            if (holdsBack) {
                // Kafka's consumer spins for all of the time-out if what it has fetched is of paused partitions.
                LockSupport.parkNanos(HELD_BACK.toNanos());
            }
            reading.succeeded(!polled.isEmpty());
            tellOwnership(Set.of());
            lost.look(this, polled);
            damaged.polled(assignment(), this::position);
            return unseen(polled);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (AuthenticationException e) {
            reading.failed(e);
            // Each connection anew is a login, which a broker or an identity provider may count.
            LockSupport.parkNanos(LOGIN_INTERVAL.toNanos());
            // Camel would end its thread for good, though a password or a certificate can be mended.
            throw new KafkaException(e);
        } catch (RuntimeException e) {
            reading.failed(e);
            throw e;
        }
    }

    /** A partition with a damaged batch rests until the next try, and the others are read. */
    private ConsumerRecords<byte[], byte[]> pollUndamaged(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (KafkaException | Error e) {
            var notLoaded = CompressionLibraries.notLoaded(e);
            if (notLoaded.isPresent()) {
                throw notLoaded.get();
            }
            if (!(e instanceof KafkaException failure)) {
                throw e;
            }
            var partition = DamagedBatches.partition(failure, assignment()).orElseThrow(() -> failure);
            var offset = position(partition);
            damaged.found(partition, offset, failure);
            try {
                // Elsewhere for a moment: what was fetched is then dropped, and the next try fetches the batch anew.
                seek(partition, offset + 1);
                return without(partition, pollUndamaged(Duration.ZERO));
            } finally {
                if (assignment().contains(partition)) {
                    seek(partition, offset);
                    pause(Set.of(partition));
                }
            }
        }
    }

    private static ConsumerRecords<byte[], byte[]> without(
            TopicPartition partition, ConsumerRecords<byte[], byte[]> polled) {
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        polled.partitions().forEach(other -> records.put(other, polled.records(other)));
        records.remove(partition);
        var next = new HashMap<>(polled.nextOffsets());
        next.remove(partition);
        return new ConsumerRecords<>(records, next);
    }

    /** @param leaving partitions that are still assigned, and no longer ours */
    private void tellOwnership(Collection<TopicPartition> leaving) {
        var owned = new HashSet<>(assignment());
        owned.removeAll(leaving);
        owned.stream().findAny().ifPresent(any -> partitions = partitionsOf(any.topic()));
        ownership.owns(owned.stream().map(TopicPartition::partition).collect(Collectors.toSet()), partitions);
    }

    /** Known to the client without asking, unless the topic was deleted a moment ago. */
    private int partitionsOf(String topic) {
        try {
            return partitionsFor(topic, METADATA_TIMEOUT).size();
        } catch (ApiException e) {
            LOG.debug("the number of partitions is as it was", e);
            return partitions;
        }
    }

    /** Leaves out what an earlier owner of the partition has done. */
    private ConsumerRecords<byte[], byte[]> unseen(ConsumerRecords<byte[], byte[]> polled) {
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        for (var partition : polled.partitions()) {
            var unseen = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var source : polled.records(partition)) {
                if (inHand.read(source)) {
                    unseen.add(source);
                }
            }
            if (!unseen.isEmpty()) {
                records.put(partition, unseen);
            }
        }
        // Else the end of a transaction, which is no record, would look like an event that is never done.
        polled.nextOffsets().forEach((partition, next) -> inHand.readUpTo(partition, next.offset()));
        return new ConsumerRecords<>(records, polled.nextOffsets());
    }

    /** And now and then what is committed already, since that shows whether the partitions are still ours. */
    private void commitWhatIsDone() {
        var now = steady.instant();
        if (now.isBefore(nextCommit)) {
            return;
        }
        var offsets = inHand.committable();
        lease.check(offsets.keySet());
        if (underWay != null && now.isBefore(underWay.sent().plus(LONGEST_COMMIT))) {
            // While no broker answers, commits would wait by the hundred in the client, to be sent all together.
            return;
        }
        if (!lease.isCommitDue()) {
            offsets.entrySet().removeIf(offset -> offset.getValue().equals(committed.get(offset.getKey())));
        }
        if (offsets.isEmpty()) {
            return;
        }
        nextCommit = now.plus(COMMIT_INTERVAL);
        committed.putAll(offsets);
        var commit = lease.commitSent(heartbeatAge());
        underWay = commit;
        commitAsync(offsets, (attempted, failure) -> {
            underWay = null;
            if (failure != null) {
                // Kafka names none to the callback of a failed commit.
                committed.keySet().removeAll(offsets.keySet());
            } else {
                lease.commitConfirmed(commit);
            }
            tellCommitState(failure);
        });
    }

    /** At the most; the client counts whole seconds. Zero if there was none, or the client does not say. */
    private Duration heartbeatAge() {
        var seconds = heartbeatAge != null && heartbeatAge.metricValue() instanceof Double age ? age : -1.0;
        return seconds < 0 ? Duration.ZERO : Duration.ofSeconds((long) seconds + 1);
    }

    private void tellCommitState(@Nullable Exception failure) {
        if (failure != null && !commitFails) {
            LOG.warn("offsets cannot be committed now, and will be: {}", failure.toString());
        } else if (failure == null && commitFails) {
            LOG.info("offsets are committed again");
        }
        commitFails = failure != null;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Settling(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Settling(listener));
    }

    @Override
    public void unsubscribe() {
        if (!closed) {
            settle(assignment());
            super.unsubscribe();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            settle(assignment());
            super.close(CloseOptions.timeout(LONGEST_CALL));
        }
    }

    /** Finishes what is under way and commits it, before somebody else reads on from there. */
    private void settle(Collection<TopicPartition> leaving) {
        Map<TopicPartition, OffsetAndMetadata> offsets;
        tellOwnership(leaving);
        try {
            offsets = inHand.giveUp(leaving, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        committed.keySet().removeAll(leaving);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            commitNow(offsets);
        } catch (KafkaException e) {
            LOG.warn(
                    "offsets could not be committed; what was done since the last commit is repeated: {}",
                    e.toString());
        }
    }

    private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            commitSync(offsets, LONGEST_CALL);
        } catch (WakeupException e) {
            // Meant for the poll that a stop interrupts; once told, it is over.
            commitSync(offsets, LONGEST_CALL);
        }
    }

    private final class Settling implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener listener;

        Settling(ConsumerRebalanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!sessionKnown) {
                lease.sessionTimeout(GroupSession.timeout(properties));
                sessionKnown = true;
            }
            var offsets = committed(Set.copyOf(partitions));
            partitions.forEach(partition -> inHand.assigned(partition, offsets.get(partition)));
            listener.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            settle(partitions);
            listener.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            settleWithoutCommit(partitions);
            listener.onPartitionsLost(partitions);
        }

        /** Somebody else has them already. */
        private void settleWithoutCommit(Collection<TopicPartition> partitions) {
            tellOwnership(partitions);
            try {
                inHand.giveUp(partitions, PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
            committed.keySet().removeAll(partitions);
        }
    }
}
