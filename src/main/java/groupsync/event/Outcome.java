package groupsync.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event, as published on the outcomes topic. What is {@code null} is left out of the JSON.
 *
 * @param groupName the name that the event called its group by, if it did
 * @param reason why it was refused
 * @param httpStatus of Zoom's last answer
 * @param zoomCode the error code in Zoom's last answer
 * @param trackingId the {@code x-zm-trackingid} of Zoom's last answer, which Zoom's support asks for
 * @param attempts how many requests were sent to Zoom for it
 * @param mergedInto the event id of the later update that was applied by the same request
 * @param completedAt in JSON as ISO-8601, UTC, milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "eventId",
    "groupId",
    "groupName",
    "status",
    "reason",
    "message",
    "httpStatus",
    "zoomCode",
    "trackingId",
    "attempts",
    "mergedInto",
    "source",
    "completedAt"
})
public record Outcome(
        String eventId,
        @Nullable String groupId,
        @Nullable String groupName,
        Status status,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable Integer httpStatus,
        @Nullable Integer zoomCode,
        @Nullable String trackingId,
        int attempts,
        @Nullable String mergedInto,
        Source source,
        @JsonSerialize(converter = ToMilliseconds.class) Instant completedAt) {

    /** ISO-8601 with milliseconds, also when they are zero. */
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** What became of the update, with what Zoom's last answer tells about it. */
    public static Outcome of(
            GroupUpdateEvent event,
            int attempts,
            Status status,
            @Nullable Reason reason,
            @Nullable String message,
            @Nullable Integer httpStatus,
            @Nullable Integer zoomCode,
            @Nullable String trackingId,
            @Nullable String mergedInto,
            Instant completedAt) {
        return new Outcome(
                event.eventId(),
                event.groupId().orElse(null),
                event.groupName().orElse(null),
                status,
                reason,
                message,
                httpStatus,
                zoomCode,
                trackingId,
                attempts,
                mergedInto,
                Source.of(event.source()),
                completedAt);
    }

    /** Without the texts that may be long and that its reader can do without. */
    public Outcome shortened() {
        return new Outcome(
                eventId,
                groupId,
                null,
                status,
                reason,
                null,
                httpStatus,
                zoomCode,
                null,
                attempts,
                mergedInto,
                source,
                completedAt);
    }

    /** As it stands in the JSON. */
    public String completedAtText() {
        return MILLISECONDS.format(completedAt);
    }

    /** Whether the event needs a dead letter. */
    @JsonIgnore
    public boolean isRefused() {
        return reason != null;
    }

    private static final class ToMilliseconds extends StdConverter<Instant, String> {
        @Override
        public String convert(Instant time) {
            return MILLISECONDS.format(time);
        }
    }

    /** The one word on what became of an event. */
    public enum Status {
        /** Zoom said 204. */
        APPLIED,
        /** This event can never be applied. */
        REJECTED,
        /** Tried as often as configured, while Zoom answered others. */
        FAILED,
        /** Checked and translated, and not sent, as configured. */
        DRY_RUN;

        /** The CloudEvents type of the outcome. */
        public String eventType() {
            return "zoom.im-group.update." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where the event stood in Kafka. */
    public record Source(String topic, int partition, long offset) {
        static Source of(SourceRecord source) {
            return new Source(source.partition().topic(), source.partition().partition(), source.offset());
        }

        /** As {@link SourceRecord#id()}. */
        @Override
        public String toString() {
            return topic + "-" + partition + "-" + offset;
        }
    }
}
