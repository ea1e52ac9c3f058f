package groupsync.event;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lines of the log that speak of an event. Where the log is JSON, its ids are fields, by the names that
 * <a href="https://www.elastic.co/docs/reference/ecs">Elastic's Common Schema</a> has for them.
 */
public final class EventLog {

    private static final Pattern PLAIN = Pattern.compile("[^\\s\\h\\p{Z}\"=\\[\\]]*");

    private EventLog() {}

    /**
     * A line about an event.
     *
     * @param trackingId of Zoom's answer, if the line speaks of one
     */
    public static LoggingEventBuilder about(
            LoggingEventBuilder line, GroupUpdateEvent event, @Nullable String trackingId) {
        var known = line.addKeyValue("event.id", event.eventId());
        known = with(known, "group.id", event.groupId().orElse(null));
        known = with(known, "group.name", event.groupName().orElse(null));
        known = with(known, "trace.id", Trace.id(event.source().trace()).orElse(null));
        return about(known, trackingId);
    }

    /** A line about an answer of Zoom's. */
    public static LoggingEventBuilder about(LoggingEventBuilder line, @Nullable String trackingId) {
        return with(line, "zoom.tracking_id", trackingId);
    }

    /** An id as it is, or in quotes if it might be taken for more than one field. */
    public static String shown(String id) {
        return PLAIN.matcher(id).matches() ? id : '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String field, @Nullable String value) {
        return value == null ? line : line.addKeyValue(field, value);
    }
}
