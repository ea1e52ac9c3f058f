package groupsync.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A record of the updates topic as it was read: a valid update, an update by name, or an invalid record. */
public sealed interface GroupUpdateEvent {

    SourceRecord source();

    /** The id in the event; without one, that of the CloudEvent; without one, {@link SourceRecord#id}. */
    String eventId();

    /** The id of the group, if the event has a valid one. */
    Optional<String> groupId();

    /** How the event calls its group, if not by its id in Zoom. */
    GroupReference reference();

    /** The fields of the event that were dropped, since groups in Zoom do not have them. */
    default List<String> notApplied() {
        return List.of();
    }

    /** The name of the event's queue. The events of a queue reach Zoom one at a time and in their order. */
    String queue();

    /** An update that can be sent to Zoom. */
    record Valid(
            SourceRecord source, String eventId, GroupUpdate update, GroupReference reference, List<String> notApplied)
            implements GroupUpdateEvent {

        /** An update of a group by its id. */
        public Valid(SourceRecord source, String eventId, GroupUpdate update) {
            this(source, eventId, update, GroupReference.BY_ID, List.of());
        }

        @Override
        public Optional<String> groupId() {
            return Optional.of(update.groupId());
        }

        @Override
        public String queue() {
            return update.groupId();
        }
    }

    /**
     * An update of a group by its name; the id of the group is not known yet.
     *
     * @param fields the changed settings, as in {@link GroupUpdate}
     */
    record ByName(SourceRecord source, String eventId, String name, Map<String, Object> fields, List<String> notApplied)
            implements GroupUpdateEvent {

        /**
         * The same update with the id of its group.
         *
         * @param found the name of the group in Zoom
         */
        public Valid of(String groupId, String found) {
            return new Valid(
                    source, eventId, new GroupUpdate(groupId, fields), GroupReference.byName(name, found), notApplied);
        }

        /** The refusal of an update whose name is not that of one group. */
        public Invalid refused(Reason reason, String message) {
            return new Invalid(source, eventId, Optional.empty(), reference(), reason, message);
        }

        @Override
        public Optional<String> groupId() {
            return Optional.empty();
        }

        @Override
        public GroupReference reference() {
            return GroupReference.byName(name, name);
        }

        /** There is no queue before the id of the group is known. */
        @Override
        public String queue() {
            throw new IllegalStateException("the group of " + source + " is not known yet");
        }
    }

    /**
     * A record that is no update of a group, by the mapping.
     *
     * @param hasOutcome whether its outcome is published
     */
    record Ignored(SourceRecord source, String eventId, boolean hasOutcome) implements GroupUpdateEvent {

        @Override
        public Optional<String> groupId() {
            return Optional.empty();
        }

        @Override
        public GroupReference reference() {
            return GroupReference.BY_ID;
        }

        @Override
        public String queue() {
            return "\n" + source.id();
        }
    }

    /** A record that can never be applied. */
    record Invalid(
            SourceRecord source,
            String eventId,
            Optional<String> groupId,
            GroupReference reference,
            Reason reason,
            String message)
            implements GroupUpdateEvent {

        /** A record with the id that its group has in Zoom, or without a group. */
        public Invalid(SourceRecord source, String eventId, Optional<String> groupId, Reason reason, String message) {
            this(source, eventId, groupId, GroupReference.BY_ID, reason, message);
        }

        /** A queue for this record only, as it is not sent to Zoom. No id of a group starts with a line feed. */
        @Override
        public String queue() {
            return "\n" + source.id();
        }
    }
}
