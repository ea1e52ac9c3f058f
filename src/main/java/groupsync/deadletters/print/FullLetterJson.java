package groupsync.deadletters.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.History;
import groupsync.deadletters.topic.Replay;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A letter with the event that it holds, and what became of that event, as one line of JSON.
 *
 * @param value as text; {@code valueBase64} has every byte
 * @param headers in their order, of the event and of the letter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FullLetterJson(
        @JsonUnwrapped LetterJson letter,
        @Nullable String key,
        @Nullable String value,
        @Nullable String valueBase64,
        List<Map<String, String>> headers,
        List<Replay> replayed,
        List<JsonNode> outcomes) {

    public static FullLetterJson of(DeadLetter letter, History history) {
        var source = letter.letter();
        return new FullLetterJson(
                LetterJson.of(letter),
                text(source.key()),
                text(source.value()),
                source.value() == null ? null : Base64.getEncoder().encodeToString(source.value()),
                Stream.concat(letter.eventHeaders().stream(), letter.ownHeaders().stream())
                        .map(FullLetterJson::header)
                        .toList(),
                history.replays(),
                history.outcomes());
    }

    private static Map<String, String> header(Header header) {
        var json = new LinkedHashMap<String, String>();
        json.put("name", header.key());
        json.put("value", DeadLetter.text(header));
        return json;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
