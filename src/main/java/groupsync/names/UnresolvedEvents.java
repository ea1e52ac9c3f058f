package groupsync.names;

import groupsync.event.GroupUpdateEvent;
import groupsync.event.Reason;
import groupsync.queue.NameResolver;
import groupsync.queue.PendingUpdate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The events whose group is not known yet. In each partition these are the first event that names its group by an
 * unresolved name, and all events behind it, so that the order of the partition is kept.
 *
 * <p>A name is resolved as if the updates in the queues were done: while one of them may give the name to a group, or take
 * it from one, the event waits. "No such group" and "several groups" count only if Zoom was asked after the event was
 * read.
 */
public final class UnresolvedEvents implements NameResolver {

    private final GroupNames names;
    private final Function<String, Optional<String>> otherName;
    private final PendingRenames renames = new PendingRenames();
    private final Map<TopicPartition, Deque<Unresolved>> partitions = new LinkedHashMap<>();

    /** @param otherName by which Zoom may know the group of a name, if no group has that name */
    public UnresolvedEvents(GroupNames names, Function<String, Optional<String>> otherName) {
        this.names = names;
        this.otherName = otherName;
    }

    @Override
    public @Nullable GroupUpdateEvent resolve(GroupUpdateEvent event) {
        var unresolved = new Unresolved(event, names.version());
        var partition = event.source().partition();
        var resolved = partitions.containsKey(partition) ? null : resolved(unresolved);
        if (resolved == null) {
            partitions.computeIfAbsent(partition, key -> new ArrayDeque<>()).add(unresolved);
        }
        return resolved;
    }

    @Override
    public @Nullable GroupUpdateEvent nextResolved() {
        for (var waiting = partitions.values().iterator(); waiting.hasNext(); ) {
            var events = waiting.next();
            var resolved = resolved(events.element());
            if (resolved != null) {
                events.remove();
                if (events.isEmpty()) {
                    waiting.remove();
                }
                return resolved;
            }
        }
        return null;
    }

    @Override
    public boolean needsNames() {
        return partitions.values().stream().map(Deque::element).anyMatch(this::needsNames);
    }

    private boolean needsNames(Unresolved unresolved) {
        synchronized (names) {
            return resolved(unresolved) == null
                    && !(names.areKnown() && mayBeChanged((GroupUpdateEvent.ByName) unresolved.event));
        }
    }

    private @Nullable GroupUpdateEvent resolved(Unresolved unresolved) {
        if (!(unresolved.event instanceof GroupUpdateEvent.ByName event)) {
            return unresolved.event;
        }
        synchronized (names) {
            if (!names.areKnown() || mayBeChanged(event)) {
                return null;
            }
            var other = otherName(event);
            var name = names.groupsOf(event.name()).isEmpty() && other != null ? other : event.name();
            var groups = names.groupsOf(name);
            if (groups.size() == 1) {
                return event.of(groups.iterator().next(), name);
            }
            return names.isNewerThan(unresolved.version)
                    ? event.refused(
                            groups.isEmpty() ? Reason.GROUP_NOT_FOUND : Reason.GROUP_AMBIGUOUS,
                            groups.isEmpty()
                                    ? names.explain(event.name(), other, (String)
                                            event.fields().get("name"))
                                    : names.explain(name, null, null))
                    : null;
        }
    }

    private @Nullable String otherName(GroupUpdateEvent.ByName event) {
        return otherName.apply(event.name()).orElse(null);
    }

    private boolean mayBeChanged(GroupUpdateEvent.ByName event) {
        return Stream.concat(Stream.of(event.name()), otherName.apply(event.name()).stream())
                .anyMatch(this::mayBeChanged);
    }

    /** Whether an update in a queue gives the name to a group that has another one, or takes it from one. */
    private boolean mayBeChanged(String name) {
        return renames.groups(name).stream().anyMatch(group -> !name.equals(names.nameOf(group)))
                || names.groupsOf(name).stream()
                        .flatMap(group -> renames.names(group).stream())
                        .anyMatch(Predicate.not(name::equals));
    }

    @Override
    public void added(PendingUpdate update) {
        if (update.event() instanceof GroupUpdateEvent.Valid event
                && event.update().name() != null) {
            renames.add(event.update().groupId(), event.update().name());
        }
    }

    @Override
    public void removed(PendingUpdate update) {
        if (!(update.event() instanceof GroupUpdateEvent.Valid event)) {
            return;
        }
        var group = event.update().groupId();
        var name = event.update().name();
        if (name != null) {
            renames.remove(group, name);
        }
        if (update.attempts() > 0) {
            names.sent(group, name, update.outcome());
        }
    }

    @Override
    public void assigned() {
        names.invalidate();
    }

    @Override
    public List<GroupUpdateEvent> revoked(Collection<TopicPartition> revoked) {
        return revoked.stream()
                .map(partitions::remove)
                .filter(Objects::nonNull)
                .flatMap(Deque::stream)
                .map(Unresolved::event)
                .toList();
    }

    @Override
    public Stream<GroupUpdateEvent> unresolved() {
        return partitions.values().stream().flatMap(Deque::stream).map(Unresolved::event);
    }

    /** @param version of the names when the event was read */
    private record Unresolved(GroupUpdateEvent event, long version) {}
}
