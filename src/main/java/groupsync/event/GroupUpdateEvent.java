package groupsync.event;

import java.util.Map;
import java.util.Optional;

/** What a record of the updates topic was read as. */
public sealed interface GroupUpdateEvent {

    SourceRecord source();

    /** The sender's name for this event, else the CloudEvents id, else that of the record. */
    String eventId();

    /** The group the event speaks of, as far as that could be read. */
    Optional<String> groupId();

    /** The name that the event calls its group by, if it does. */
    Optional<String> groupName();

    /** The name of its queue: the events of a queue reach Zoom one at a time and in their order. */
    String queue();

    /** An update that can be sent to Zoom. */
    record Valid(SourceRecord source, String eventId, GroupUpdate update, Optional<String> groupName)
            implements GroupUpdateEvent {

        /** An update of a group that the event calls by its id. */
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
     * An update of a group that the event calls by its name: which group that is, is to be found out.
     *
     * @param fields the changed settings, as in {@link GroupUpdate}
     */
    record ByName(SourceRecord source, String eventId, String name, Map<String, Object> fields)
            implements GroupUpdateEvent {

        /** It is this group. */
        public Valid of(String groupId) {
            return new Valid(source, eventId, new GroupUpdate(groupId, fields), groupName());
        }

        /** It is none. */
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

        /** There is none before its group is known. */
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

        /** A record that calls no group by its name. */
        public Invalid(SourceRecord source, String eventId, Optional<String> groupId, Reason reason, String message) {
            this(source, eventId, groupId, Optional.empty(), reason, message);
        }

        /** A queue of its own, since it is not sent to Zoom: no id of a group starts with a line feed. */
        @Override
        public String queue() {
            return "\n" + source.id();
        }
    }
}
