package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads records as group updates, strictly: an unknown field is refused, so that no mistyped field is lost in silence.
 */
public final class GroupUpdateReader {

    private static final int LONGEST_MESSAGE = 1_000;

    private final GroupUpdateSchema schema;
    private final SupportedFields supported;
    private final UnaryOperator<String> presentIds;

    /** Reads events of groups with all fields, by the ids that they have in Zoom. */
    public GroupUpdateReader(GroupUpdateSchema schema) {
        this(schema, SupportedFields.ALL, UnaryOperator.identity());
    }

    /**
     * Reads events as configured.
     *
     * @param presentIds the id that a group has in Zoom, by the id in an event
     */
    public GroupUpdateReader(GroupUpdateSchema schema, SupportedFields supported, UnaryOperator<String> presentIds) {
        this.schema = schema;
        this.supported = supported;
        this.presentIds = presentIds;
    }

    /** Never fails: a record that is no valid update becomes an {@link GroupUpdateEvent.Invalid} with the reason. */
    public GroupUpdateEvent read(SourceRecord source) {
        var eventId = source.header("ce_id").filter(schema::canBeId).orElseGet(source::id);
        var groupId = Optional.<String>empty();
        var reference = GroupReference.BY_ID;
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
            var idInEvent = valid("groupId", json, violations);
            var groupName = valid("groupName", json, violations);
            groupId = idInEvent.map(presentIds);
            reference = GroupReference.of(groupName, idInEvent, groupId);
            if (!violations.isEmpty()) {
                throw new InvalidGroupUpdateException(
                        INVALID_EVENT,
                        violations.stream().map(Object::toString).distinct().collect(Collectors.joining("; ")));
            }
            var fields = fields(json);
            var notApplied = supported.removeOthers(fields);
            if (groupName.isPresent()) {
                return new GroupUpdateEvent.ByName(source, eventId, groupName.get(), fields, notApplied);
            }
            return new GroupUpdateEvent.Valid(
                    source, eventId, new GroupUpdate(groupId.orElseThrow(), fields), reference, notApplied);
        } catch (InvalidGroupUpdateException e) {
            var message = Excerpt.printable(String.valueOf(e.getMessage()), LONGEST_MESSAGE);
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, reference, e.reason(), message);
        } catch (RuntimeException | StackOverflowError e) {
            // A library has a fault. A record that is not read would stop its partition for ever.
            var message = "cannot be read: " + e.getClass();
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, reference, INVALID_EVENT, message);
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
