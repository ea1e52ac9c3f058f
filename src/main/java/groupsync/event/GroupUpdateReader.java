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

    static final int LONGEST_MESSAGE = 1_000;
    /** Of what the mapping made of a value; in UTF-16 units. */
    private static final int LONGEST_EXCERPT = 300;

    private final GroupUpdateSchema schema;
    private final SupportedFields supported;
    private final UnaryOperator<String> presentIds;
    private final boolean ignoredHaveOutcomes;

    /** Reads events of groups with all fields, by the ids that they have in Zoom. */
    public GroupUpdateReader(GroupUpdateSchema schema) {
        this(schema, SupportedFields.ALL, UnaryOperator.identity(), true);
    }

    /**
     * Reads events as configured.
     *
     * @param presentIds the id that a group has in Zoom, by the id in an event
     * @param ignoredHaveOutcomes whether the outcomes of ignored records are published
     */
    public GroupUpdateReader(
            GroupUpdateSchema schema,
            SupportedFields supported,
            UnaryOperator<String> presentIds,
            boolean ignoredHaveOutcomes) {
        this.schema = schema;
        this.supported = supported;
        this.presentIds = presentIds;
        this.ignoredHaveOutcomes = ignoredHaveOutcomes;
    }

    /** Never fails: a record that is no valid update becomes an {@link GroupUpdateEvent.Invalid} with the reason. */
    public GroupUpdateEvent read(MappedRecord mapped) {
        var source = mapped.source();
        var eventId = source.header("ce_id").filter(schema::canBeId).orElseGet(source::id);
        if (mapped instanceof MappedRecord.Foreign) {
            return new GroupUpdateEvent.Ignored(source, eventId, ignoredHaveOutcomes);
        }
        var groupId = Optional.<String>empty();
        var reference = GroupReference.BY_ID;
        try {
            var json = json(mapped);
            if (mapped instanceof MappedRecord.Unchanged && StructuredCloudEvent.isIn(source)) {
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
                throw new InvalidGroupUpdateException(INVALID_EVENT, message(violations, mapped, json));
            }
            var fields = fields(json);
            var notApplied = supported.removeOthers(fields);
            if (groupName.isPresent()) {
                return new GroupUpdateEvent.ByName(source, eventId, groupName.get(), fields, notApplied);
            }
            return new GroupUpdateEvent.Valid(
                    source, eventId, new GroupUpdate(groupId.orElseThrow(), fields), reference, notApplied);
        } catch (InvalidGroupUpdateException e) {
            var message = String.valueOf(e.getMessage());
            var shown = Optional.ofNullable(source.value())
                    .filter(value -> e.reason() == Reason.MALFORMED_JSON)
                    .flatMap(ForeignShape::of)
                    .map(shape -> lookingLike(shape, message))
                    .orElse(message);
            return new GroupUpdateEvent.Invalid(
                    source, eventId, groupId, reference, e.reason(), Excerpt.printable(shown, LONGEST_MESSAGE));
        } catch (RuntimeException | StackOverflowError e) {
            // A library has a fault. A record that is not read would stop its partition for ever.
            var message = "cannot be read: " + e.getClass();
            return new GroupUpdateEvent.Invalid(source, eventId, groupId, reference, INVALID_EVENT, message);
        }
    }

    private static String message(List<Violation> violations, MappedRecord mapped, JsonNode json) {
        var message = violations.stream().map(Object::toString).distinct().collect(Collectors.joining("; "));
        return mapped instanceof MappedRecord.Changed
                ? message + "; events.mapping made " + Excerpt.of(json.toString(), LONGEST_EXCERPT)
                : ForeignShape.of(json)
                        .map(shape -> lookingLike(shape, message))
                        .orElse(message);
    }

    private static String lookingLike(String shape, String message) {
        return "this looks like " + shape + " (docs/mapping.md). " + message;
    }

    private static JsonNode json(MappedRecord mapped) throws InvalidGroupUpdateException {
        if (mapped instanceof MappedRecord.Refused refused) {
            throw new InvalidGroupUpdateException(refused.reason(), refused.message());
        }
        return mapped instanceof MappedRecord.Changed changed
                ? changed.json()
                : StrictJson.parse(mapped.source().value());
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
