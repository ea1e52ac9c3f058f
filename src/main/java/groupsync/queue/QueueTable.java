package groupsync.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queues that have updates: those that are idle, and those whose first update is taken. */
final class QueueTable {

    private final Map<String, GroupQueue> queues = new HashMap<>();
    private final IdleQueues idle = new IdleQueues();
    private int taken;

    /** Adds an update to the end of its queue, and returns whether the queue was empty. */
    boolean add(PendingUpdate update, OffsetTracker tracker, Instant now) {
        var queue = queues.computeIfAbsent(update.event().queue(), GroupQueue::new);
        var wasEmpty = queue.isEmpty();
        queue.add(update, tracker);
        if (wasEmpty) {
            idle.add(queue, now);
        }
        return wasEmpty;
    }

    IdleQueues idle() {
        return idle;
    }

    /** The queue of an update; {@code null} if it has none. */
    @Nullable
    GroupQueue find(PendingUpdate update) {
        return queues.get(update.event().queue());
    }

    /** Takes the first update of an idle queue. */
    PendingUpdate take(GroupQueue queue) {
        idle.remove(queue);
        queue.setTaken(true);
        taken++;
        return queue.first();
    }

    /** The queue of a taken update. */
    GroupQueue taken(PendingUpdate update) {
        var queue = find(update);
        if (queue == null || !queue.isTaken() || queue.first() != update) {
            throw new IllegalStateException(update + " is not taken");
        }
        return queue;
    }

    /** Makes a taken queue idle again, or removes it if it is empty. */
    void release(GroupQueue queue, Instant now) {
        queue.setTaken(false);
        taken--;
        keepOrRemove(queue, now);
    }

    private void keepOrRemove(GroupQueue queue, Instant now) {
        if (queue.isEmpty()) {
            queues.remove(queue.name());
        } else {
            idle.add(queue, now);
        }
    }

    /** Removes the updates of revoked partitions that are not taken, and returns them. */
    List<PendingUpdate> dropRevoked(Instant now) {
        var dropped = new ArrayList<PendingUpdate>();
        for (var queue : List.copyOf(queues.values())) {
            if (queue.isTaken()) {
                dropped.addAll(queue.dropRevoked(Set.copyOf(queue.first().members())));
            } else {
                idle.remove(queue);
                dropped.addAll(queue.dropRevoked(Set.of()));
                keepOrRemove(queue, now);
            }
        }
        return dropped;
    }

    int takenCount() {
        return taken;
    }

    List<PendingUpdate> takenUpdates() {
        return queues.values().stream()
                .filter(GroupQueue::isTaken)
                .map(GroupQueue::first)
                .toList();
    }

    Stream<PendingUpdate> updates() {
        return queues.values().stream().flatMap(queue -> queue.updates().stream());
    }

    Set<String> names() {
        return queues.keySet();
    }
}
