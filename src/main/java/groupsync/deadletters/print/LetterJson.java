package groupsync.deadletters.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A letter as one line of JSON; what it does not say is left out. */
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
                letter.place().partition(),
                letter.place().offset(),
                letter.refusedAt().toString(),
                letter.reason().orElse(null),
                letter.says("message").orElse(null),
                letter.eventId().orElse(null),
                letter.groupId().orElse(null),
                number(letter.says("http-status")),
                number(letter.says("zoom-code")),
                letter.says("tracking-id").orElse(null),
                number(letter.says("attempts")),
                letter.replays(),
                letter.source().orElse(null));
    }

    private static @Nullable Integer number(Optional<String> text) {
        return text.filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .orElse(null);
    }
}
