package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;
import static groupsync.event.Reason.MALFORMED_JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as group updates, strictly: what is not understood to the last field is refused, so that no
 * mistyped field is lost in silence.
 *
 * <p>A CloudEvent in binary mode has the event as its value, in structured mode as its {@code data}
 * (<a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * Protocol Binding for CloudEvents</a>).
 */
public final class GroupUpdateReader {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String ANY_CLOUD_EVENTS = "application/cloudevents";
    private static final int LONGEST_MESSAGE = 1_000;
    /** Control characters, line ends, and halves of surrogate pairs. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private static final ObjectReader LENIENT = new JsonMapper().readerFor(JsonNode.class);
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private static final JsonFormat CLOUD_EVENTS = new JsonFormat();

    private final GroupUpdateSchema schema;

    public GroupUpdateReader(GroupUpdateSchema schema) {
        this.schema = schema;
    }

    /** Never fails: what cannot be read becomes an {@link GroupUpdateEvent.Invalid} that says why. */
    public GroupUpdateEvent read(SourceRecord source) {
        var eventId = source.header("ce_id").filter(schema::canBeId).orElseGet(source::id);
        var groupId = Optional.<String>empty();
        var groupName = Optional.<String>empty();
        try {
            var json = parse(source.value());
            var contentType = source.header("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
            if (contentType.startsWith(ANY_CLOUD_EVENTS)) {
                var event = cloudEvent(contentType, json, source.value());
                eventId = Optional.of(event.getId()).filter(schema::canBeId).orElse(eventId);
                if (event.getData() == null) {
                    throw new InvalidGroupUpdateException(INVALID_EVENT, "the CloudEvent has no data");
                }
                json = parse(event.getData().toBytes());
            }
            var violations = schema.violations(json);
            var misplaced =
                    violations.stream().map(GroupUpdateSchema.Violation::place).toList();
            if (json.path("eventId").isTextual() && !misplaced.contains("/eventId")) {
                eventId = json.path("eventId").textValue();
            }
            if (json.path("groupId").isTextual() && !misplaced.contains("/groupId")) {
                groupId = Optional.of(json.path("groupId").textValue());
            }
            if (json.path("groupName").isTextual() && !misplaced.contains("/groupName")) {
                groupName = Optional.of(json.path("groupName").textValue());
            }
            if (!violations.isEmpty()) {
                throw new InvalidGroupUpdateException(
                        INVALID_EVENT,
                        violations.stream().map(Object::toString).distinct().collect(Collectors.joining("; ")));
            }
            return groupName.isPresent()
                    ? new GroupUpdateEvent.ByName(source, eventId, groupName.get(), fields(json))
                    : new GroupUpdateEvent.Valid(
                            source,
                            eventId,
                            new GroupUpdate(json.path("groupId").textValue(), fields(json)));
        } catch (InvalidGroupUpdateException e) {
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, groupName, e.reason(), shortly(e));
        } catch (RuntimeException | StackOverflowError e) {
            // What makes a library stumble would stop its partition for ever.
            return new GroupUpdateEvent.Invalid(
                    source, eventId, groupId, groupName, INVALID_EVENT, "cannot be read: " + e.getClass());
        }
    }

    private static Map<String, Object> fields(JsonNode json) {
        var fields = new LinkedHashMap<String, Object>();
        for (var field : GroupUpdate.FIELDS) {
            var value = json.path(field);
            if (value.isBoolean()) {
                fields.put(field, value.booleanValue());
            } else if (value.isTextual()) {
                fields.put(field, value.textValue());
            }
        }
        return fields;
    }

    private static JsonNode parse(byte @Nullable [] value) throws InvalidGroupUpdateException {
        if (value == null) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is null (a tombstone), not a JSON object");
        }
        String text;
        var bytes = ByteBuffer.wrap(value);
        try {
            // Jackson, given bytes, would take UTF-16 and UTF-32 too.
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is not UTF-8 at byte " + bytes.position());
        }
        if (text.isBlank()) {
            throw new InvalidGroupUpdateException(MALFORMED_JSON, "the value is empty, not a JSON object");
        }
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidGroupUpdateException(isJson(text) ? INVALID_EVENT : MALFORMED_JSON, described(e));
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

    private static String described(JsonProcessingException e) {
        // Some of Jackson's exceptions have none.
        var message = Stream.ofNullable(e.getOriginalMessage())
                .flatMap(String::lines)
                .findFirst()
                .orElse("not JSON");
        var where = e.getLocation();
        return where == null ? message : message + " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    private static CloudEvent cloudEvent(String contentType, JsonNode json, byte @Nullable [] value)
            throws InvalidGroupUpdateException {
        if (!contentType.split(";", 2)[0].strip().equals(STRUCTURED)) {
            throw new InvalidGroupUpdateException(
                    INVALID_EVENT, "content-type '" + contentType + "' is not supported; use " + STRUCTURED);
        }
        if (!json.isObject()) {
            throw new InvalidGroupUpdateException(INVALID_EVENT, "not a valid CloudEvent: not an object");
        }
        try {
            return CLOUD_EVENTS.deserialize(value == null ? new byte[0] : value);
        } catch (CloudEventRWException | EventDeserializationException | IllegalStateException e) {
            var why = e.getCause() instanceof JsonProcessingException cause ? described(cause) : e.getMessage();
            throw new InvalidGroupUpdateException(INVALID_EVENT, "not a valid CloudEvent: " + why);
        }
    }

    /** What is quoted from the event may have been cut in the middle of a character, and may hold any other one. */
    private static String shortly(Exception e) {
        var message = String.valueOf(e.getMessage());
        var cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        return NOT_PRINTABLE.matcher(cut).replaceAll("\uFFFD");
    }
}
