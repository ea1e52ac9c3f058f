package groupsync.deadletters.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import org.jspecify.annotations.Nullable;

/** A letter as one line of JSON, without the fields that it has no header for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LetterJson(
        int partition,
        long offset,
        String refusedAt,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String eventId,
        @Nullable String groupId,
        @Nullable Integer httpStatus,
        @Nullable Integer zoomCode,
        @Nullable String trackingId,
        @Nullable Integer attempts,
        int replays,
        @Nullable RecordPosition source) {

    public static LetterJson of(DeadLetter letter) {
        return new LetterJson(
                letter.position().partition(),
                letter.position().offset(),
                letter.refusedAt().toString(),
                letter.reason().orElse(null),
                letter.detail("message").orElse(null),
                letter.eventId().orElse(null),
                letter.groupId().orElse(null),
                letter.number("http-status").orElse(null),
                letter.number("zoom-code").orElse(null),
                letter.detail("tracking-id").orElse(null),
                letter.number("attempts").orElse(null),
                letter.replays(),
                letter.source().orElse(null));
    }
}
