package groupsync.names;

import groupsync.event.GroupUpdateEvent;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The events that cannot be lined up yet, since it is not known which group they are of: in each partition the first that
 * calls its group by a name which cannot be resolved now, and all behind it, so that the order of the partition is kept.
 *
 * <p>A name is resolved as if the updates lined up before were done: while one of them may give the name to a group, or
 * take it from one, it waits. That a name is that of no group, or of several, is believed only if Zoom was asked after
 * the event was read.
 */
public final class UnresolvedEvents {

    private final @Nullable GroupNames names;
    private final PendingRenames inHand = new PendingRenames();
    private final Map<TopicPartition, Deque<Held>> partitions = new LinkedHashMap<>();

    /** @param names {@code null} if no event calls its group by its name, so that none is ever held */
    public UnresolvedEvents(@Nullable GroupNames names) {
        this.names = names;
    }

    /** Gives an event that was read if it can be lined up now, with its group's id; else holds it. */
    @Nullable
    public GroupUpdateEvent pass(GroupUpdateEvent event) {
        if (names == null) {
            return event;
        }
        var held = new Held(event, names.moment());
        var partition = event.source().partition();
        var resolved = partitions.containsKey(partition) ? null : resolved(held);
        if (resolved == null) {
            partitions.computeIfAbsent(partition, key -> new ArrayDeque<>()).add(held);
        }
        return resolved;
    }

    /** The next that can be lined up by now, with its group's id; it is no longer held. */
    @Nullable
    public GroupUpdateEvent next() {
        for (var queues = partitions.values().iterator(); queues.hasNext(); ) {
            var queue = queues.next();
            var resolved = resolved(queue.element());
            if (resolved != null) {
                queue.remove();
                if (queue.isEmpty()) {
                    queues.remove();
                }
                return resolved;
            }
        }
        return null;
    }

    /** Whether Zoom has to be asked for the names of its groups before all can be lined up. */
    public boolean needNames() {
        return partitions.values().stream().map(Deque::element).anyMatch(this::needsNames);
    }

    private boolean needsNames(Held held) {
        var known = known();
        synchronized (known) {
            return resolved(held) == null
                    && !(known.areKnown() && mayBeChanged(((GroupUpdateEvent.ByName) held.event).name(), known));
        }
    }

    private @Nullable GroupUpdateEvent resolved(Held held) {
        if (!(held.event instanceof GroupUpdateEvent.ByName event)) {
            return held.event;
        }
        var known = known();
        synchronized (known) {
            if (!known.areKnown() || mayBeChanged(event.name(), known)) {
                return null;
            }
            var groups = known.groupsOf(event.name());
            if (groups.size() == 1) {
                return event.of(groups.iterator().next());
            }
            return known.areSince(held.read)
                    ? event.refused(
                            groups.isEmpty() ? Reason.GROUP_NOT_FOUND : Reason.GROUP_AMBIGUOUS,
                            known.whyNot(event.name(), (String) event.fields().get("name")))
                    : null;
        }
    }

    /** Whether an update that is lined up gives the name to a group that has another one, or takes it from one. */
    private boolean mayBeChanged(String name, GroupNames known) {
        return inHand.groups(name).stream().anyMatch(group -> !name.equals(known.nameOf(group)))
                || known.groupsOf(name).stream()
                        .flatMap(group -> inHand.names(group).stream())
                        .anyMatch(Predicate.not(name::equals));
    }

    private GroupNames known() {
        return Objects.requireNonNull(names, "no event calls its group by its name");
    }

    /** An update is lined up. */
    public void linedUp(PendingUpdate update) {
        if (names != null
                && update.event() instanceof GroupUpdateEvent.Valid event
                && event.update().name() != null) {
            inHand.add(event.update().groupId(), event.update().name());
        }
    }

    /** An update that was lined up is done, or is left to the next owner of its partition. */
    public void left(PendingUpdate update) {
        if (names == null || !(update.event() instanceof GroupUpdateEvent.Valid event)) {
            return;
        }
        var group = event.update().groupId();
        var name = event.update().name();
        if (name != null) {
            inHand.remove(group, name);
        }
        if (update.attempts() > 0) {
            names.sent(group, name, update.outcome());
        }
    }

    /** A partition is ours from now on: its owner before may have changed names. */
    public void assigned() {
        if (names != null) {
            names.doubt();
        }
    }

    /** Holds no event of these partitions any more, and gives those that it held. */
    public List<GroupUpdateEvent> giveUp(Collection<TopicPartition> leaving) {
        return leaving.stream()
                .map(partitions::remove)
                .filter(Objects::nonNull)
                .flatMap(Deque::stream)
                .map(Held::event)
                .toList();
    }

    public Stream<GroupUpdateEvent> events() {
        return partitions.values().stream().flatMap(Deque::stream).map(Held::event);
    }

    /** @param read the moment when it was read */
    private record Held(GroupUpdateEvent event, long read) {}
}
