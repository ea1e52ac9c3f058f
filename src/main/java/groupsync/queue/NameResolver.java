package groupsync.queue;

import groupsync.event.GroupUpdateEvent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the queues, and keeps each event whose group is not known yet. The queues call it from one thread
 * at a time. Its defaults are for events that all have the id of their group.
 */
public interface NameResolver {

    /** Returns the event with the id of its group, or keeps it and returns {@code null}. */
    default @Nullable GroupUpdateEvent resolve(GroupUpdateEvent event) {
        return event;
    }

    /** Returns the next kept event whose group is known by now, and keeps it no longer; {@code null} if there is none. */
    default @Nullable GroupUpdateEvent nextResolved() {
        return null;
    }

    /** Whether Zoom has to list its groups before all kept events can be resolved. */
    default boolean needsNames() {
        return false;
    }

    /** The events it keeps. */
    default Stream<GroupUpdateEvent> unresolved() {
        return Stream.of();
    }

    /** An update was added to its queue. */
    default void added(PendingUpdate update) {}

    /** An update has left its queue: it is done, or its partition is revoked. */
    default void removed(PendingUpdate update) {}

    /** A partition is assigned; its last owner may have changed names. */
    default void assigned() {}

    /** Returns the events of these partitions, and keeps them no longer. */
    default List<GroupUpdateEvent> revoked(Collection<TopicPartition> partitions) {
        return List.of();
    }
}
