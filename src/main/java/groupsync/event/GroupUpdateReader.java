package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads records as group updates, strictly: an unknown field is refused, so that no mistyped field is lost in silence.
 */
public final class GroupUpdateReader {

    private static final int LONGEST_MESSAGE = 1_000;

    private final GroupUpdateSchema schema;

    public GroupUpdateReader(GroupUpdateSchema schema) {
        this.schema = schema;
    }

    /** Never fails: a record that is no valid update becomes an {@link GroupUpdateEvent.Invalid} with the reason. */
    public GroupUpdateEvent read(SourceRecord source) {
        var eventId = source.header("ce_id").filter(schema::canBeId).orElseGet(source::id);
        var groupId = Optional.<String>empty();
        var groupName = Optional.<String>empty();
        try {
            var json = StrictJson.parse(source.value());
            if (StructuredCloudEvent.isIn(source)) {
                var cloudEvent = StructuredCloudEvent.of(source, json);
                eventId = Optional.of(cloudEvent.event().getId())
                        .filter(schema::canBeId)
                        .orElse(eventId);
                json = cloudEvent.data();
            }
            var violations = schema.violations(json);
            eventId = valid("eventId", json, violations).orElse(eventId);
            groupId = valid("groupId", json, violations);
            groupName = valid("groupName", json, violations);
            if (!violations.isEmpty()) {
                throw new InvalidGroupUpdateException(
                        INVALID_EVENT,
                        violations.stream().map(Object::toString).distinct().collect(Collectors.joining("; ")));
            }
            return groupName.isPresent()
                    ? new GroupUpdateEvent.ByName(source, eventId, groupName.get(), fields(json))
                    : new GroupUpdateEvent.Valid(source, eventId, new GroupUpdate(groupId.orElseThrow(), fields(json)));
        } catch (InvalidGroupUpdateException e) {
            var message = Excerpt.printable(String.valueOf(e.getMessage()), LONGEST_MESSAGE);
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, groupName, e.reason(), message);
        } catch (RuntimeException | StackOverflowError e) {
            // A library has a fault. A record that is not read would stop its partition for ever.
            var message = "cannot be read: " + e.getClass();
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, groupName, INVALID_EVENT, message);
        }
    }

    private static Optional<String> valid(String field, JsonNode json, List<Violation> violations) {
        return Optional.of(json.path(field))
                .filter(value -> value.isTextual()
                        && violations.stream()
                                .noneMatch(violation -> violation.place().equals("/" + field)))
                .map(JsonNode::textValue);
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
}
