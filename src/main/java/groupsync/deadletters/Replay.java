package groupsync.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A letter was put back on the updates topic.
 *
 * @param source where the event stood in the updates topic when it was refused
 * @param update where it stands now
 * @param replayedAt ISO-8601, UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Replay(
        Place letter,
        Place update,
        @Nullable Place source,
        @Nullable String groupId,
        @Nullable String eventId,
        String replayedAt) {

    static Optional<Replay> of(JsonNode json) {
        var letter = Place.of(json.path("letter"));
        var update = Place.of(json.path("update"));
        return letter.isEmpty() || update.isEmpty()
                ? Optional.empty()
                : Optional.of(new Replay(
                        letter.orElseThrow(),
                        update.orElseThrow(),
                        Place.of(json.path("source")).orElse(null),
                        json.path("groupId").textValue(),
                        json.path("eventId").textValue(),
                        json.path("replayedAt").asText()));
    }
}
