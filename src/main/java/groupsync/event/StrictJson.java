package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;
import static groupsync.event.Reason.MALFORMED_JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses one JSON value in UTF-8, without duplicate fields and without a second value. */
final class StrictJson {

    private static final ObjectReader LENIENT = new JsonMapper().readerFor(JsonNode.class);
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private StrictJson() {}

    static JsonNode parse(byte @Nullable [] value) throws InvalidGroupUpdateException {
        if (value == null) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is null (a tombstone), not a JSON object");
        }
        var text = decode(ByteBuffer.wrap(value));
        if (text.isBlank()) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is empty, not a JSON object");
        }
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidGroupUpdateException(isJson(text) ? INVALID_EVENT : MALFORMED_JSON, describe(e));
        }
    }

    /** Jackson, given bytes, would take UTF-16 and UTF-32 too. */
    private static String decode(ByteBuffer bytes) throws InvalidGroupUpdateException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is not UTF-8 at byte " + bytes.position());
        }
    }

    /** Duplicate fields and several values are JSON, but no event. */
    private static boolean isJson(String text) {
        try (var values = LENIENT.<JsonNode>readValues(text)) {
            while (values.hasNextValue()) {
                values.nextValue();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Jackson's message in one line, with its line and column. */
    static String describe(JsonProcessingException e) {
        // Some of Jackson's exceptions have no message.
        var message = Stream.ofNullable(e.getOriginalMessage())
                .flatMap(String::lines)
                .findFirst()
                .orElse("not JSON");
        var place = e.getLocation();
        return place == null ? message : message + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
