package groupsync.event;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Log lines about an event. In a JSON log, the ids are fields with the names of
 * <a href="https://www.elastic.co/docs/reference/ecs">Elastic's Common Schema</a>.
 */
public final class EventLog {

    private static final Pattern PLAIN = Pattern.compile("[^\\s\\h\\p{Z}\"=\\[\\]]*");

    private EventLog() {}

    /**
     * A line about an event.
     *
     * @param trackingId of Zoom's reply, if the line is about one
     */
    public static LoggingEventBuilder about(
            LoggingEventBuilder line, GroupUpdateEvent event, @Nullable String trackingId) {
        var known = line.addKeyValue("event.id", event.eventId());
        known = with(known, "group.id", event.groupId().orElse(null));
        known = with(known, "group.name", event.reference().name());
        known = with(known, "trace.id", Trace.id(event.source().trace()).orElse(null));
        return about(known, trackingId);
    }

    /** A line about a reply of Zoom. */
    public static LoggingEventBuilder about(LoggingEventBuilder line, @Nullable String trackingId) {
        return with(line, "zoom.tracking_id", trackingId);
    }

    /** An id; in quotes if a reader could take it for several fields. */
    public static String shown(String id) {
        return PLAIN.matcher(id).matches() ? id : '"' + id.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String field, @Nullable String value) {
        return value == null ? line : line.addKeyValue(field, value);
    }
}
