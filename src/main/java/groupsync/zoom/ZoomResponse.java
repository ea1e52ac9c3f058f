package groupsync.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import groupsync.event.Excerpt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response to a request to Zoom. It may be that of a proxy, a portal or a wrong host.
 *
 * @param headers gives the value of a header by its name, in any case
 * @param length of the body in bytes
 * @param json the body; a missing node if it is not JSON
 * @param received by the time of day, for times in the response
 */
public record ZoomResponse(
        int status, Function<String, @Nullable String> headers, int length, JsonNode json, Instant received) {

    private static final JsonMapper JSON = new JsonMapper();

    /** A response that was read in whole. */
    public static ZoomResponse of(
            int status, Function<String, @Nullable String> headers, byte[] body, Instant received) {
        return new ZoomResponse(status, headers, body.length, json(body), received);
    }

    private static JsonNode json(byte[] body) {
        try {
            // Jackson, given bytes, would take UTF-16 and UTF-32 too.
            var json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** Zoom's error code. A proxy gives none. */
    Optional<Integer> code() {
        return Stream.of(json.path("code"), json.path("errorCode"))
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue)
                .findFirst();
    }

    /** Zoom's own words about the request and each field at fault, or a description of the response; one line. */
    String message() {
        var words = words();
        return Excerpt.onOneLine(words.isEmpty() ? description() : words, ZoomReply.LONGEST_MESSAGE);
    }

    private String words() {
        var message = Stream.of("message", "error_message", "errorMessage")
                .map(json::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("");
        var errors = StreamSupport.stream(json.path("errors").spliterator(), false)
                .map(error -> error.path("field").asText() + ": "
                        + error.path("message").asText())
                .collect(Collectors.joining("; "));
        return (message + " " + errors).strip();
    }

    /** Without a quotation: a page of a proxy may show the request, the token included. */
    private String description() {
        return length == 0
                ? "an empty answer"
                : "an answer of " + length + " bytes, " + header("content-type").orElse("of no type")
                        + ", that is not one of Zoom's";
    }

    Optional<String> trackingId() {
        return header("x-zm-trackingid").map(id -> Excerpt.onOneLine(id, ZoomReply.LONGEST_MESSAGE));
    }

    Optional<Duration> retryAfter() {
        return header("retry-after").flatMap(value -> RetryAfter.parse(value, received));
    }
}
