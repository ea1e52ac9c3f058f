package groupsync.deadletters.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.History;
import groupsync.deadletters.topic.LetterHeaders;
import groupsync.deadletters.topic.Replay;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A letter, its event and the history of the event, as one line of JSON.
 *
 * @param value as text; {@code valueBase64} has every byte
 * @param headers of the event and then of the letter, in their order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FullLetterJson(
        @JsonUnwrapped LetterJson letter,
        @Nullable String key,
        @Nullable String value,
        @Nullable String valueBase64,
        List<HeaderJson> headers,
        List<Replay> replayed,
        List<JsonNode> outcomes) {

    public static FullLetterJson of(DeadLetter letter, History history) {
        var value = letter.record().value();
        return new FullLetterJson(
                LetterJson.of(letter),
                letter.key().orElse(null),
                letter.value().orElse(null),
                value == null ? null : Base64.getEncoder().encodeToString(value),
                Stream.concat(letter.headers().ofEvent().stream(), letter.headers().own().stream())
                        .map(header -> new HeaderJson(header.key(), LetterHeaders.text(header)))
                        .toList(),
                history.replays(),
                history.outcomes());
    }

    record HeaderJson(String name, String value) {}
}
