package groupsync.queue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The updates of one group in their order. At most one worker has taken its first update. */
final class GroupQueue {

    private record Entry(PendingUpdate update, OffsetTracker tracker) {}

    private final String name;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean taken;
    /** Before this time the first update is not tried again. */
    private Instant notBefore = Instant.MIN;

    GroupQueue(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(PendingUpdate update, OffsetTracker tracker) {
        entries.add(new Entry(update, tracker));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The first update; the queue must not be empty. */
    PendingUpdate first() {
        return entries.element().update;
    }

    /** Removes the first update, and returns the tracker of its partition. */
    OffsetTracker remove() {
        return entries.remove().tracker;
    }

    List<PendingUpdate> updates() {
        return entries.stream().map(Entry::update).toList();
    }

    boolean isTaken() {
        return taken;
    }

    void setTaken(boolean taken) {
        this.taken = taken;
    }

    Instant notBefore() {
        return notBefore;
    }

    void setNotBefore(Instant time) {
        notBefore = time;
    }

    /** Whether the partition of the first update is revoked. */
    boolean isRevoked() {
        return entries.element().tracker.isRevoked();
    }

    /** The updates behind the first one that its request can carry: of the same partition, since that may be revoked. */
    List<PendingUpdate> mergeable() {
        var tracker = entries.element().tracker;
        return entries.stream()
                .takeWhile(entry -> entry.tracker == tracker && entry.update.canBeMerged())
                .map(Entry::update)
                .skip(1)
                .toList();
    }

    /** Removes the updates of revoked partitions, except some, and returns them. */
    List<PendingUpdate> dropRevoked(Set<PendingUpdate> except) {
        var dropped = new ArrayList<PendingUpdate>();
        entries.removeIf(entry -> {
            var drops = entry.tracker.isRevoked() && !except.contains(entry.update);
            if (drops) {
                dropped.add(entry.update);
            }
            return drops;
        });
        return dropped;
    }
}
