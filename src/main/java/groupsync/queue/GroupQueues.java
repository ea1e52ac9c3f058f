package groupsync.queue;

import groupsync.event.GroupUpdateEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A queue for each group. The updates of a group are taken one at a time and in their order; groups do not wait for each
 * other. A worker takes an update, and then either acknowledges it or puts it back. An acknowledged update can be
 * committed. When a partition is revoked, its taken updates are finished first.
 */
public final class GroupQueues {

    private final BooleanSupplier leased;
    private final Clock steady;
    private final QueueContents contents;

    private int concurrency = Integer.MAX_VALUE;
    private boolean stopping;

    /**
     * Creates empty queues.
     *
     * @param capacity the number of events at which reading pauses
     * @param merges whether consecutive updates of a group become one request
     * @param leased whether the partitions are certainly still ours, so that requests may be sent
     * @param steady a clock that is never set
     */
    public GroupQueues(
            int capacity,
            boolean merges,
            OwnedPartitions partitions,
            NameResolver names,
            BooleanSupplier leased,
            Clock steady) {
        this.leased = leased;
        this.steady = steady;
        contents = new QueueContents(capacity, merges, partitions, names, steady);
    }

    /** Adds a partition that Kafka has assigned, with the offset that its last owner committed. */
    public synchronized void assigned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        contents.assigned(partition, committed);
    }

    /** Adds an event to the end of the queue of its group. An event of a partition that is not ours is left out. */
    public synchronized void add(GroupUpdateEvent event) {
        if (contents.add(event)) {
            notify();
        }
    }

    public synchronized void addResolved() {
        if (contents.addResolved()) {
            notifyAll();
        }
    }

    /**
     * Takes the next update. {@link #acknowledge} or {@link #putBack} has to follow.
     *
     * @param timeout how long to wait for an update
     * @return {@code null} if there was none in that time
     */
    public synchronized @Nullable PendingUpdate poll(Duration timeout) throws InterruptedException {
        var deadline = steady.instant().plus(timeout);
        var update = take();
        for (var now = steady.instant(); update == null && now.isBefore(deadline); now = steady.instant()) {
            var ready = contents.queues().idle().nextReady();
            var until = ready.isAfter(now) && ready.isBefore(deadline) ? ready : deadline;
            wait(Duration.between(now, until).toMillis() + 1); // rounded up
            update = take();
        }
        return update;
    }

    private @Nullable PendingUpdate take() {
        addResolved();
        var queue = stopping || contents.queues().takenCount() >= concurrency ? null : next();
        return queue == null ? null : contents.queues().take(queue);
    }

    private @Nullable GroupQueue next() {
        if (!mayBeSent()) {
            return contents.nextUnpublished();
        }
        var idle = contents.queues().idle();
        return concurrency < Integer.MAX_VALUE ? idle.leastTried(steady.instant()) : idle.next(steady.instant());
    }

    /** In a pause, an unpublished outcome shows whether Kafka is back: no new request is needed for that. */
    private boolean mayBeSent() {
        return leased.getAsBoolean() && (concurrency == Integer.MAX_VALUE || !contents.hasUnpublished());
    }

    /**
     * Checks a taken update again, after a wait and just before its request is written.
     *
     * @throws UpdateDeferredException if by now the request must not be sent
     */
    public synchronized void requireSendable(PendingUpdate update) throws UpdateDeferredException {
        var mayBeSent = !stopping && contents.queues().takenCount() <= concurrency && mayBeSent();
        if (!mayBeSent || contents.queues().taken(update).isRevoked()) {
            throw new UpdateDeferredException(update);
        }
    }

    /** Merges the updates behind a taken one into its request; to be called just before that is sent. */
    public synchronized void merge(PendingUpdate update) {
        contents.merge(update);
    }

    /** Removes a taken update, and those merged into it: their outcomes are published, their offsets can be committed. */
    public synchronized void acknowledge(PendingUpdate update) {
        contents.acknowledge(update);
        notify();
    }

    /** Puts a taken update back to the head of its queue, where it is not taken again before the delay is over. */
    public synchronized void putBack(PendingUpdate update, Duration delay) {
        contents.putBack(update, delay.isZero() ? Instant.MIN : steady.instant().plus(delay));
        notify();
    }

    /**
     * Revokes partitions: drops their updates that wait, and lets those that are taken finish.
     *
     * @param patience how long to wait for taken updates
     * @return the last offsets that can be committed
     */
    public Map<TopicPartition, OffsetAndMetadata> revoke(Collection<TopicPartition> revoked, Duration patience)
            throws InterruptedException {
        var deadline = steady.instant().plus(patience);
        synchronized (this) {
            contents.revoke(revoked);
        }
        Predicate<PendingUpdate> isRevoked =
                update -> revoked.contains(update.event().source().partition());
        while (takenUpdates().stream().anyMatch(isRevoked) && steady.instant().isBefore(deadline)) {
            Thread.sleep(5);
        }
        return contents.remove(revoked);
    }

    public synchronized List<PendingUpdate> takenUpdates() {
        return contents.queues().takenUpdates();
    }

    /** Sets how many updates can be taken at the same time: 0 for none, {@link Integer#MAX_VALUE} for no limit. */
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

    /** Whether no update is taken, in a pause or a stop. */
    public synchronized boolean isResting() {
        return stopping || concurrency == 0;
    }

    /** Whether reading should pause. */
    public synchronized boolean isFull() {
        return isResting() || contents.isFull();
    }

    public synchronized boolean isEmpty() {
        return contents.queues().names().isEmpty();
    }

    public synchronized Set<String> queues() {
        return Set.copyOf(contents.queues().names());
    }

    /** Whether Zoom has to list its groups before all events can be added to their queues. */
    public synchronized boolean needsNames() {
        return !stopping && contents.needsNames();
    }

    public synchronized Backlog backlog() {
        return contents.backlog();
    }
}
