package groupsync.queue;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The updates in the queues, from when they are read until they are done or left to another instance: their offsets, their
 * memory and the names of their groups. Not thread-safe: {@link GroupQueues} is.
 */
final class QueueContents {

    private static final Logger LOG = LoggerFactory.getLogger(QueueContents.class);

    private final QueueTable queues = new QueueTable();
    private final Capacity capacity;
    private final boolean merges;
    private final OwnedPartitions partitions;
    private final NameResolver names;
    private final Clock steady;
    /** Decided updates whose outcome could not be published at the first attempt. */
    private final Set<PendingUpdate> unpublished = new HashSet<>();

    QueueContents(int capacity, boolean merges, OwnedPartitions partitions, NameResolver names, Clock steady) {
        this.capacity = new Capacity(capacity);
        this.merges = merges;
        this.partitions = partitions;
        this.names = names;
        this.steady = steady;
    }

    void assigned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        partitions.assigned(partition, committed);
        names.assigned();
    }

    QueueTable queues() {
        return queues;
    }

    /** Adds an event of our partitions, and returns whether that made a queue ready. */
    boolean add(GroupUpdateEvent event) {
        if (partitions.tracker(event.source().partition()) == null) {
            return false;
        }
        capacity.add(event);
        var resolved = names.resolve(event);
        return resolved != null && addResolved(resolved);
    }

    /** Adds the events whose group is known by now, and returns whether that made a queue ready. */
    boolean addResolved() {
        var ready = false;
        for (var event = names.nextResolved(); event != null; event = names.nextResolved()) {
            ready |= addResolved(event);
        }
        return ready;
    }

    private boolean addResolved(GroupUpdateEvent event) {
        // The resolver keeps no event of a revoked partition.
        var tracker = Objects.requireNonNull(partitions.tracker(event.source().partition()));
        var update = new PendingUpdate(event);
        names.added(update);
        return queues.add(update, tracker, steady.instant());
    }

    boolean hasUnpublished() {
        return !unpublished.isEmpty();
    }

    /** A queue that is ready and whose first update has an unpublished outcome; {@code null} if there is none. */
    @Nullable
    GroupQueue nextUnpublished() {
        return unpublished.stream()
                .map(queues::find)
                .filter(queue -> queue != null && queues.idle().isReady(queue, steady.instant()))
                .findFirst()
                .orElse(null);
    }

    void merge(PendingUpdate update) {
        if (merges && update.canBeMerged()) {
            update.merge(queues.taken(update).mergeable());
        }
    }

    void acknowledge(PendingUpdate update) {
        var queue = queues.taken(update);
        for (var member : update.members()) {
            partitions.done(queue.remove(), member.event().source().offset());
            removed(member);
        }
        queue.setNotBefore(Instant.MIN);
        queues.release(queue, steady.instant());
    }

    void putBack(PendingUpdate update, Instant notBefore) {
        var queue = queues.taken(update);
        queue.setNotBefore(notBefore);
        if (update.isDecided()) {
            unpublished.add(update);
        }
        queue.dropRevoked(Set.of()).forEach(this::leaveToNextOwner);
        queues.release(queue, steady.instant());
    }

    /** Removes all events of these partitions but the taken ones. */
    void revoke(Collection<TopicPartition> revoked) {
        partitions.revoke(revoked);
        names.revoked(revoked).forEach(event -> {
            capacity.remove(event);
            logLeft(event);
        });
        queues.dropRevoked(steady.instant()).forEach(this::leaveToNextOwner);
    }

    Map<TopicPartition, OffsetAndMetadata> remove(Collection<TopicPartition> revoked) {
        return partitions.remove(revoked);
    }

    private void leaveToNextOwner(PendingUpdate update) {
        removed(update);
        logLeft(update.event());
    }

    private void removed(PendingUpdate update) {
        unpublished.remove(update);
        names.removed(update);
        capacity.remove(update.event());
    }

    private static void logLeft(GroupUpdateEvent event) {
        EventLog.about(LOG.atDebug(), event, null)
                .log(
                        "left to the partition's next owner eventId={} source={}",
                        EventLog.shown(event.eventId()),
                        event.source());
    }

    boolean needsNames() {
        return names.needsNames();
    }

    boolean isFull() {
        return capacity.isUsedUp() || partitions.isFull();
    }

    Backlog backlog() {
        var oldest = Stream.concat(queues.updates().map(PendingUpdate::event), names.unresolved())
                .mapToLong(event -> event.source().timestamp())
                // A record may have no timestamp.
                .filter(timestamp -> timestamp >= 0)
                .min();
        return new Backlog(
                capacity.events(),
                capacity.bytes(),
                queues.names().size(),
                oldest.orElse(Long.MAX_VALUE),
                partitions.size());
    }
}
