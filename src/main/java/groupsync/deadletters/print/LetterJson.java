package groupsync.deadletters.print;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.LetterHeaders;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A letter as one line of JSON, without the fields that it has no header for. */
public final class LetterJson {

    private LetterJson() {}

    /** The fields of a letter in a list. */
    public static Map<String, @Nullable Object> of(DeadLetter letter) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("partition", letter.position().partition());
        json.put("offset", letter.position().offset());
        json.put("refusedAt", letter.refusedAt().toString());
        json.put("reason", letter.reason().orElse(null));
        json.put("message", letter.detail("message").orElse(null));
        json.put("eventId", letter.eventId().orElse(null));
        json.put("groupId", letter.groupId().orElse(null));
        json.put("httpStatus", letter.number("http-status").orElse(null));
        json.put("zoomCode", letter.number("zoom-code").orElse(null));
        json.put("trackingId", letter.detail("tracking-id").orElse(null));
        json.put("attempts", letter.number("attempts").orElse(null));
        json.put("replays", letter.replays());
        json.put("source", letter.source().orElse(null));
        json.values().removeIf(Objects::isNull);
        return json;
    }

    /** The fields of a letter, its event and the history of the event. */
    public static Map<String, @Nullable Object> of(DeadLetter letter, History history) {
        var json = of(letter);
        letter.key().ifPresent(key -> json.put("key", key));
        letter.value().ifPresent(value -> {
            json.put("value", value);
            // Every byte, also if the value is no text.
            json.put(
                    "valueBase64",
                    Base64.getEncoder().encodeToString(letter.record().value()));
        });
        json.put(
                "headers",
                Stream.concat(letter.headers().ofEvent().stream(), letter.headers().own().stream())
                        .map(header -> new HeaderJson(header.key(), LetterHeaders.text(header)))
                        .toList());
        json.put("replayed", history.replays());
        json.put("outcomes", history.outcomes());
        return json;
    }

    private record HeaderJson(String name, String value) {}
}
