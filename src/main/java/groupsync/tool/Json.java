package groupsync.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON of outcomes, of notes about replays and of the tool's output. */
public final class Json {

    /** Writes ASCII only: it is right in every encoding, and controls no terminal. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    /** The value in one line. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a record; empty if it has none, or none in JSON: the service wrote no such record. */
    public static Optional<JsonNode> read(byte @Nullable [] value) {
        try {
            return value == null ? Optional.empty() : Optional.of(MAPPER.readTree(value));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
