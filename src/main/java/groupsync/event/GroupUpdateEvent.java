package groupsync.event;

import java.util.Optional;

/** What a record of the updates topic was read as. */
public sealed interface GroupUpdateEvent {

    SourceRecord source();

    /** The sender's name for this event, else the CloudEvents id, else that of the record. */
    String eventId();

    /** The group the event speaks of, as far as that could be read. */
    Optional<String> groupId();

    /** Events of the same line reach Zoom one at a time and in their order. */
    String line();

    /** An update that can be sent to Zoom. */
    record Valid(SourceRecord source, String eventId, GroupUpdate update) implements GroupUpdateEvent {
        @Override
        public Optional<String> groupId() {
            return Optional.of(update.groupId());
        }

        @Override
        public String line() {
            return update.groupId();
        }
    }

    /** A record that can never be applied. */
    record Invalid(SourceRecord source, String eventId, Optional<String> groupId, Reason reason, String message)
            implements GroupUpdateEvent {

        /** Nothing of it goes to Zoom, so it waits for nobody: no group's id starts with a line feed. */
        @Override
        public String line() {
            return "\n" + source.id();
        }
    }
}
