package groupsync.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The queues that no worker has taken an update of, and which of them is next.
 *
 * <p>The partitions take turns, and of a partition the queue is next that is ready for the longest time. While some updates
 * have failed it is any of the ready ones: the neighbours of an update that failed may be like it, and must not keep all
 * others from Zoom.
 */
final class IdleQueues {

    private final ReadyQueues ready = new ReadyQueues();
    /** Those whose first update is not tried again yet. */
    private final PriorityQueue<GroupQueue> delayed = new PriorityQueue<>(Comparator.comparing(GroupQueue::notBefore));
    /** Those whose first update was tried. */
    private final Set<GroupQueue> tried = new HashSet<>();

    void add(GroupQueue queue, Instant now) {
        if (queue.first().attempts() > 0) {
            tried.add(queue);
        }
        if (now.isBefore(queue.notBefore())) {
            delayed.add(queue);
        } else {
            ready.add(queue);
        }
    }

    void remove(GroupQueue queue) {
        tried.remove(queue);
        if (!ready.remove(queue)) {
            delayed.remove(queue);
        }
    }

    /** The next queue; {@code null} if none is ready. */
    @Nullable
    GroupQueue next(Instant now) {
        lookForReady(now);
        if (ready.isEmpty()) {
            return null;
        }
        return tried.isEmpty() ? ready.first() : random(ready.stream().toList());
    }

    /** One of those whose first update was tried least; {@code null} if none is ready. */
    @Nullable
    GroupQueue leastTried(Instant now) {
        lookForReady(now);
        var least = ready.stream().mapToInt(queue -> queue.first().attempts()).min();
        return least.isEmpty()
                ? null
                : random(ready.stream()
                        .filter(queue -> queue.first().attempts() == least.getAsInt())
                        .toList());
    }

    boolean isReady(GroupQueue queue, Instant now) {
        lookForReady(now);
        return ready.contains(queue);
    }

    /** When the next queue becomes ready by itself; {@link Instant#MAX} if none will. */
    Instant nextReady() {
        var next = delayed.peek();
        return next == null ? Instant.MAX : next.notBefore();
    }

    private void lookForReady(Instant now) {
        for (var next = delayed.peek(); next != null && !now.isBefore(next.notBefore()); next = delayed.peek()) {
            ready.add(delayed.remove());
        }
    }

    private static GroupQueue random(List<GroupQueue> queues) {
        return queues.get(ThreadLocalRandom.current().nextInt(queues.size()));
    }
}
