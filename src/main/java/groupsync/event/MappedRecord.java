package groupsync.event;

import com.fasterxml.jackson.databind.JsonNode;

/** A record of the updates topic, after the mapping of its value. */
public sealed interface MappedRecord {

    SourceRecord source();

    /** There is no mapping: the value of the record is the update. */
    record Unchanged(SourceRecord source) implements MappedRecord {}

    /** The mapping made this of the value, which should be an update. */
    record Changed(SourceRecord source, JsonNode json) implements MappedRecord {}

    /** The mapping made nothing of the value: it is no update of a group. */
    record Foreign(SourceRecord source) implements MappedRecord {}

    /** The value cannot be mapped. */
    record Refused(SourceRecord source, Reason reason, String message) implements MappedRecord {}
}
