package groupsync.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one event, as published on the outcomes topic. Its JSON has the components in this order, without those
 * that are {@code null}.
 *
 * @param groupId the id that the group has in Zoom
 * @param requestedGroupId the id in the event, if the group has another one by now
 * @param groupName the name of the group in the event, if it has one instead of the id
 * @param matchedName the name of the group in Zoom, if another one than {@code groupName} was found
 * @param reason of the refusal, or why the group could not be compared
 * @param httpStatus of Zoom's last reply
 * @param zoomCode the error code in Zoom's last reply
 * @param trackingId the {@code x-zm-trackingid} of Zoom's last reply, which Zoom's support asks for
 * @param attempts the number of requests for the event
 * @param mergedInto the event id of the later update that was applied by the same request
 * @param notApplied the fields of the event that were dropped, since the groups in Zoom do not have them
 * @param changes what a comparison found, by field; empty if the group has all values of the event
 * @param completedAt in JSON as ISO-8601, UTC, milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String eventId,
        @Nullable String groupId,
        @Nullable String requestedGroupId,
        @Nullable String groupName,
        @Nullable String matchedName,
        Status status,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable Integer httpStatus,
        @Nullable Integer zoomCode,
        @Nullable String trackingId,
        int attempts,
        @Nullable String mergedInto,
        @Nullable List<String> notApplied,
        @Nullable Map<String, Difference> changes,
        Source source,
        @JsonSerialize(converter = Milliseconds.class) Instant completedAt) {

    /** The outcome of an event; its parameters are the components of the same names. */
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
            @Nullable Map<String, Difference> changes,
            Instant completedAt) {
        return new Outcome(
                event.eventId(),
                event.groupId().orElse(null),
                event.reference().oldId(),
                event.reference().name(),
                event.reference().matchedName(),
                status,
                reason,
                message,
                httpStatus,
                zoomCode,
                trackingId,
                attempts,
                mergedInto,
                event.notApplied().isEmpty() ? null : event.notApplied(),
                changes,
                Source.of(event.source()),
                completedAt);
    }

    /** The outcome without its optional long texts. */
    public Outcome shortened() {
        return new Outcome(
                eventId,
                groupId,
                requestedGroupId,
                null,
                null,
                status,
                reason,
                null,
                httpStatus,
                zoomCode,
                null,
                attempts,
                mergedInto,
                notApplied,
                null,
                source,
                completedAt);
    }

    /** The time as in the JSON. */
    public String completedAtText() {
        return new Milliseconds().convert(completedAt);
    }

    /** Whether the event needs a dead letter. A comparison that found no group needs none. */
    @JsonIgnore
    public boolean isRefused() {
        return status == Status.REJECTED || status == Status.FAILED;
    }

    /** The result for an event. */
    public enum Status {
        /** Zoom said 204. */
        APPLIED,
        /** The event can never be applied. */
        REJECTED,
        /** All configured attempts failed, while Zoom answered other requests. */
        FAILED,
        /** Checked, perhaps compared, and not applied, as configured. */
        DRY_RUN,
        /** No update of a group, by the mapping. */
        IGNORED;

        /** The CloudEvents type of the outcome. */
        public String eventType() {
            return "zoom.im-group.update." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The position of the event's record in Kafka. */
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
