package groupsync.queue;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue for each group. The updates of a group are taken one at a time and in their order; groups do not wait for each
 * other.
 *
 * <p>A worker takes an update, and then either acknowledges it or puts it back. An update that is acknowledged can be
 * committed. Before a partition is revoked, the updates of it that are taken are finished.
 */
public final class GroupQueues {

    private static final Logger LOG = LoggerFactory.getLogger(GroupQueues.class);

    /** Large events may take this part of the memory; reading and writing need the rest. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private static final Duration REVOCATION_CHECK = Duration.ofMillis(5);

    private final int capacity;
    private final boolean merges;
    private final OwnedPartitions partitions;
    private final NameResolver names;
    private final BooleanSupplier leased;
    private final Clock clock;
    private final Map<String, GroupQueue> queues = new HashMap<>();
    private final IdleQueues idle = new IdleQueues();
    /** Decided updates whose outcome could not be published at the first attempt. */
    private final Set<PendingUpdate> unpublished = new HashSet<>();

    private int events;
    private long bytes;
    private boolean stopping;
    private int taken;
    private int concurrency = Integer.MAX_VALUE;

    /**
     * Creates empty queues.
     *
     * @param capacity the number of events at which reading pauses
     * @param merges whether consecutive updates of a group become one request
     * @param leased whether the partitions are certainly still ours, so that requests may be sent
     * @param clock a clock that is never set
     */
    public GroupQueues(
            int capacity,
            boolean merges,
            OwnedPartitions partitions,
            NameResolver names,
            BooleanSupplier leased,
            Clock clock) {
        this.capacity = capacity;
        this.merges = merges;
        this.partitions = partitions;
        this.names = names;
        this.leased = leased;
        this.clock = clock;
    }

    /** Adds a partition that Kafka has assigned, with the offset that its last owner committed. */
    public synchronized void assigned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        partitions.assigned(partition, committed);
        names.assigned();
    }

    /** Adds an event to the queue of its group, at the end. An event of a partition that is not ours is left out. */
    public synchronized void add(GroupUpdateEvent event) {
        if (partitions.tracker(event.source().partition()) == null) {
            return;
        }
        events++;
        bytes += event.source().size();
        var resolved = names.resolve(event);
        if (resolved != null) {
            addResolved(resolved);
        }
    }

    private void addResolved(GroupUpdateEvent event) {
        // The resolver keeps no event of a revoked partition.
        var tracker = Objects.requireNonNull(partitions.tracker(event.source().partition()));
        var update = new PendingUpdate(event);
        var queue = queues.computeIfAbsent(event.queue(), GroupQueue::new);
        var wasEmpty = queue.isEmpty();
        queue.add(update, tracker);
        names.added(update);
        if (wasEmpty) {
            makeIdle(queue);
        }
    }

    private void makeIdle(GroupQueue queue) {
        idle.add(queue, clock.instant());
        notify();
    }

    /**
     * Takes the next update. {@link #acknowledge} or {@link #putBack} has to follow.
     *
     * @param timeout how long to wait for an update
     * @return {@code null} if there was none in that time
     */
    public synchronized @Nullable PendingUpdate poll(Duration timeout) throws InterruptedException {
        var deadline = clock.instant().plus(timeout);
        var update = take();
        for (var now = clock.instant(); update == null && now.isBefore(deadline); now = clock.instant()) {
            var ready = idle.nextReady();
            var until = ready.isAfter(now) && ready.isBefore(deadline) ? ready : deadline;
            wait(Math.max(1, Duration.between(now, until).toMillis()));
            update = take();
        }
        return update;
    }

    /** Adds the events whose group is known by now. */
    public synchronized void addResolved() {
        for (var event = names.nextResolved(); event != null; event = names.nextResolved()) {
            addResolved(event);
        }
    }

    private @Nullable PendingUpdate take() {
        addResolved();
        var queue = stopping || taken >= concurrency ? null : next(clock.instant());
        if (queue == null) {
            return null;
        }
        idle.remove(queue);
        queue.setTaken(true);
        taken++;
        return queue.first();
    }

    private @Nullable GroupQueue next(Instant now) {
        if (!mayBeSent()) {
            return unpublished.stream()
                    .map(update -> queues.get(update.event().queue()))
                    .filter(queue -> queue != null && idle.isReady(queue, now))
                    .findFirst()
                    .orElse(null);
        }
        return concurrency < Integer.MAX_VALUE ? idle.leastTried(now) : idle.next(now);
    }

    /** In a pause, an unpublished outcome shows whether Kafka is back: no new request is needed for that. */
    private boolean mayBeSent() {
        return leased.getAsBoolean() && (concurrency == Integer.MAX_VALUE || unpublished.isEmpty());
    }

    /**
     * Checks a taken update again, after a wait and just before its request is written.
     *
     * @throws UpdateDeferredException if by now the request must not be sent
     */
    public synchronized void requireSendable(PendingUpdate update) throws UpdateDeferredException {
        if (stopping || taken > concurrency || !mayBeSent() || taken(update).isRevoked()) {
            throw new UpdateDeferredException(update);
        }
    }

    /** Merges the updates behind a taken one into its request; to be called just before that is sent. */
    public synchronized void merge(PendingUpdate update) {
        if (merges) {
            var mergeable = taken(update).mergeable();
            update.merge(mergeable.subList(Math.min(1, mergeable.size()), mergeable.size()));
        }
    }

    /** Removes a taken update, and those merged into it: their outcomes are published, their offsets can be committed. */
    public synchronized void acknowledge(PendingUpdate update) {
        var queue = taken(update);
        for (var member : update.members()) {
            partitions.done(queue.remove(), member.event().source().offset());
            removed(member);
        }
        queue.setNotBefore(Instant.MIN);
        release(queue);
    }

    /** Puts a taken update back to the head of its queue, where it is not taken again before the delay is over. */
    public synchronized void putBack(PendingUpdate update, Duration delay) {
        var queue = taken(update);
        queue.setNotBefore(delay.isZero() ? Instant.MIN : clock.instant().plus(delay));
        if (update.isDecided()) {
            unpublished.add(update);
        }
        drop(queue, Set.of());
        release(queue);
    }

    private GroupQueue taken(PendingUpdate update) {
        var queue = queues.get(update.event().queue());
        if (queue == null || !queue.isTaken() || queue.first() != update) {
            throw new IllegalStateException(update + " is not taken");
        }
        return queue;
    }

    private void release(GroupQueue queue) {
        queue.setTaken(false);
        taken--;
        if (queue.isEmpty()) {
            queues.remove(queue.name());
        } else {
            makeIdle(queue);
        }
    }

    private void removed(PendingUpdate update) {
        unpublished.remove(update);
        names.removed(update);
        forget(update.event());
    }

    private void forget(GroupUpdateEvent event) {
        events--;
        bytes -= event.source().size();
    }

    /**
     * Revokes partitions: drops their updates that wait, and lets those that are taken finish.
     *
     * @param patience how long to wait for taken updates
     * @return the last offsets that can be committed
     */
    public Map<TopicPartition, OffsetAndMetadata> revoke(Collection<TopicPartition> revoked, Duration patience)
            throws InterruptedException {
        var deadline = clock.instant().plus(patience);
        dropWaiting(revoked);
        while (isAnyTaken(revoked) && clock.instant().isBefore(deadline)) {
            Thread.sleep(REVOCATION_CHECK.toMillis());
        }
        return partitions.remove(revoked);
    }

    private synchronized void dropWaiting(Collection<TopicPartition> revoked) {
        partitions.revoke(revoked);
        names.revoked(revoked).forEach(this::leaveToNextOwner);
        for (var queue : List.copyOf(queues.values())) {
            if (queue.isTaken()) {
                drop(queue, Set.copyOf(queue.first().members()));
            } else {
                idle.remove(queue);
                drop(queue, Set.of());
                if (queue.isEmpty()) {
                    queues.remove(queue.name());
                } else {
                    idle.add(queue, clock.instant());
                }
            }
        }
    }

    private void drop(GroupQueue queue, Set<PendingUpdate> except) {
        for (var update : queue.dropRevoked(except)) {
            unpublished.remove(update);
            names.removed(update);
            leaveToNextOwner(update.event());
        }
    }

    private void leaveToNextOwner(GroupUpdateEvent event) {
        EventLog.about(LOG.atDebug(), event, null)
                .log(
                        "left to the partition's next owner eventId={} source={}",
                        EventLog.shown(event.eventId()),
                        event.source());
        forget(event);
    }

    private synchronized boolean isAnyTaken(Collection<TopicPartition> revoked) {
        return takenUpdates().stream()
                .anyMatch(update -> revoked.contains(update.event().source().partition()));
    }

    /** The updates that are taken now. */
    public synchronized List<PendingUpdate> takenUpdates() {
        return queues.values().stream()
                .filter(GroupQueue::isTaken)
                .map(GroupQueue::first)
                .toList();
    }

    /**
     * Sets how many updates can be taken at the same time. Updates above the limit may finish.
     *
     * @param limit 0 for none, {@link Integer#MAX_VALUE} for no limit
     */
    public synchronized void concurrency(int limit) {
        concurrency = limit;
        notifyAll();
    }

    /** Ends the taking of updates, and the reading of more, for good. */
    public synchronized void stop() {
        stopping = true;
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    /** Whether reading should pause. */
    public synchronized boolean isFull() {
        return stopping || concurrency == 0 || events >= capacity || bytes >= MOST_BYTES || partitions.isFull();
    }

    /** Whether no update waits, and none is taken. */
    public synchronized boolean isEmpty() {
        return queues.isEmpty();
    }

    /** The names of the queues that have updates. */
    public synchronized Set<String> queues() {
        return Set.copyOf(queues.keySet());
    }

    /** Whether Zoom has to list its groups before all events can be added to their queues. */
    public synchronized boolean needsNames() {
        return !stopping && names.needsNames();
    }

    public synchronized Backlog backlog() {
        var pending = queues.values().stream()
                .flatMap(queue -> queue.updates().stream())
                .map(PendingUpdate::event);
        var oldest = Stream.concat(pending, names.unresolved())
                .mapToLong(event -> event.source().timestamp())
                // A record may have no timestamp.
                .filter(timestamp -> timestamp >= 0)
                .min();
        return new Backlog(events, bytes, queues.size(), oldest.orElse(Long.MAX_VALUE), partitions.size());
    }
}
