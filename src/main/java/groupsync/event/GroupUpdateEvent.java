package groupsync.event;

import java.util.Map;
import java.util.Optional;

/** A record of the updates topic as it was read: a valid update, an update by name, or an invalid record. */
public sealed interface GroupUpdateEvent {

    SourceRecord source();

    /** The id in the event; without one, that of the CloudEvent; without one, {@link SourceRecord#id}. */
    String eventId();

    /** The id of the group, if the event has a valid one. */
    Optional<String> groupId();

    /** The name of the group in the event, if it has one instead of the id. */
    Optional<String> groupName();

    /** The name of the event's queue. The events of a queue reach Zoom one at a time and in their order. */
    String queue();

    /** An update that can be sent to Zoom. */
    record Valid(SourceRecord source, String eventId, GroupUpdate update, Optional<String> groupName)
            implements GroupUpdateEvent {

        /** An update of a group by its id. */
        public Valid(SourceRecord source, String eventId, GroupUpdate update) {
            this(source, eventId, update, Optional.empty());
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
    record ByName(SourceRecord source, String eventId, String name, Map<String, Object> fields)
            implements GroupUpdateEvent {

        /** The same update with the id of its group. */
        public Valid of(String groupId) {
            return new Valid(source, eventId, new GroupUpdate(groupId, fields), groupName());
        }

        /** The refusal of an update whose name is not that of one group. */
        public Invalid refused(Reason reason, String message) {
            return new Invalid(source, eventId, Optional.empty(), groupName(), reason, message);
        }

        @Override
        public Optional<String> groupId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> groupName() {
            return Optional.of(name);
        }

        /** There is no queue before the id of the group is known. */
        @Override
        public String queue() {
            throw new IllegalStateException("the group of " + source + " is not known yet");
        }
    }

    /** A record that can never be applied. */
    record Invalid(
            SourceRecord source,
            String eventId,
            Optional<String> groupId,
            Optional<String> groupName,
            Reason reason,
            String message)
            implements GroupUpdateEvent {

        /** A record without the name of a group. */
        public Invalid(SourceRecord source, String eventId, Optional<String> groupId, Reason reason, String message) {
            this(source, eventId, groupId, Optional.empty(), reason, message);
        }

        /** A queue for this record only, as it is not sent to Zoom. No id of a group starts with a line feed. */
        @Override
        public String queue() {
            return "\n" + source.id();
        }
    }
}
