package groupsync.event;

import groupsync.event.GroupUpdateEvent.Invalid;

/** Reads records by the default settings: a name is required, and a group has its id. */
final class Reading {

    static final String SMALLEST = "{\"groupId\": \"g\", \"name\": \"n\"}";

    private static final GroupUpdateReader READER = new GroupUpdateReader(new GroupUpdateSchema(true));

    private Reading() {}

    static GroupUpdateEvent read(SourceRecord source) {
        return READER.read(new MappedRecord.Unchanged(source));
    }

    /** @param headers names and values in turn */
    static GroupUpdateEvent read(String json, String... headers) {
        return READER.read(Events.unmapped(json, headers));
    }

    static Invalid refused(String json, String... headers) {
        return (Invalid) read(json, headers);
    }
}
