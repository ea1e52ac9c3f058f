package groupsync.deadletters.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event of a letter was put back on the updates topic.
 *
 * @param source the position of the event in the updates topic when it was refused
 * @param update the position of its replay there
 * @param replayedAt ISO-8601, UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replay(
        RecordPosition letter,
        RecordPosition update,
        @Nullable RecordPosition source,
        @Nullable String groupId,
        @Nullable String eventId,
        String replayedAt) {

    static Optional<Replay> of(JsonNode json) {
        var letter = RecordPosition.of(json.path("letter"));
        var update = RecordPosition.of(json.path("update"));
        return letter.isEmpty() || update.isEmpty()
                ? Optional.empty()
                : Optional.of(new Replay(
                        letter.orElseThrow(),
                        update.orElseThrow(),
                        RecordPosition.of(json.path("source")).orElse(null),
                        json.path("groupId").textValue(),
                        json.path("eventId").textValue(),
                        json.path("replayedAt").asText()));
    }
}
