package groupsync.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The JSON Schema of group-update events, and what it says against one. */
public final class GroupUpdateSchema {

    private static final String RESOURCE = "/schema/group-update.schema.json";
    private static final String GROUP_NAME = "groupName";
    private static final JsonMapper JSON = new JsonMapper();
    /** As much of a value as a person needs to find it. */
    private static final int SHOWN = 64;

    private final Schema schema;

    /** That of events which call their group by its id. */
    public GroupUpdateSchema(boolean nameRequired) {
        this(nameRequired, false);
    }

    /**
     * @param nameRequired whether an event without a name is refused, as Zoom itself refuses it by default
     * @param groupNames whether an event may call its group by its name
     */
    public GroupUpdateSchema(boolean nameRequired, boolean groupNames) {
        var adapted = shipped();
        if (!nameRequired) {
            nameNotRequired(adapted);
        }
        if (!groupNames) {
            noGroupNames(adapted);
        }
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(adapted);
    }

    private static ObjectNode shipped() {
        try (var resource = GroupUpdateSchema.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            return (ObjectNode) JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a name an event must still change something. */
    private static void nameNotRequired(ObjectNode schema) {
        schema.putArray("required");
        var anyOf = schema.putArray("anyOf");
        GroupUpdate.FIELDS.forEach(
                field -> anyOf.addObject().putArray("required").add(field));
    }

    private static void noGroupNames(ObjectNode schema) {
        schema.withObject("properties").remove(GROUP_NAME);
        schema.remove("oneOf");
        schema.withArray("required").insert(0, "groupId");
    }

    /** What is wrong with an event, each with its place and with what is allowed there; empty if all is well. */
    List<Violation> violations(JsonNode event) {
        var violations = new ArrayList<Violation>();
        for (var error : schema.validate(event)) {
            if (!isPartOfOneOf(error)) {
                violations.add(violation(error));
            }
        }
        for (var field : event.properties()) {
            if (field.getValue().isTextual()
                    && !StandardCharsets.UTF_8
                            .newEncoder()
                            .canEncode(field.getValue().textValue())) {
                violations.add(
                        new Violation("/" + field.getKey(), "holds half of a surrogate pair, which is no character"));
            }
        }
        return violations;
    }

    /** Whether that can be the id of an event. */
    boolean canBeId(String id) {
        return violations(JSON.createObjectNode().put("eventId", id)).stream()
                .noneMatch(violation -> violation.place().equals("/eventId"));
    }

    /** What is said about the whole is enough; and what is no object at all needs no group. */
    private static boolean isPartOfOneOf(Error error) {
        return error.getKeyword().equals("oneOf")
                ? !error.getInstanceNode().isObject()
                : error.getEvaluationPath().toString().contains("oneOf");
    }

    private static Violation violation(Error error) {
        var place = error.getInstanceLocation().toString();
        var allowed = error.getSchemaNode();
        var value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "required" ->
                error.getEvaluationPath().toString().contains("anyOf")
                        ? new Violation("/", "changes none of " + String.join(", ", GroupUpdate.FIELDS))
                        : new Violation("/" + error.getProperty(), "is missing");
            case "additionalProperties" ->
                new Violation(
                        "/" + shortly(error.getProperty()),
                        "is no field of a group update"
                                + (error.getProperty().equals(GROUP_NAME) ? " while events.group-names=false" : ""));
            case "oneOf" ->
                new Violation(
                        "/",
                        value.has(GROUP_NAME) ? "has both groupId and groupName" : "has no groupId and no groupName");
            case "type" -> new Violation(place, shown(value) + " is not of type " + allowed.asText());
            case "enum" -> new Violation(place, shown(value) + " is not one of " + listed(allowed));
            case "minLength" -> new Violation(place, "is shorter than the least, " + allowed.asText() + " character");
            case "maxLength" ->
                new Violation(
                        place,
                        value.textValue().codePointCount(0, value.textValue().length())
                                + " characters are more than the most, " + allowed.asText());
            case "pattern" -> new Violation(place, shown(value) + " is blank");
            case "not" ->
                new Violation(
                        place,
                        shown(value) + " is or holds "
                                + allowed.path("description").asText());
            default -> new Violation(place, error.getMessage());
        };
    }

    private static String listed(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    /** In quotes, with control characters escaped as JSON does. */
    private static String shown(JsonNode value) {
        try {
            var json = JSON.writeValueAsString(value);
            return value.isTextual() ? "'" + shortly(json.substring(1, json.length() - 1)) + "'" : shortly(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shortly(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /**
     * One thing that is wrong with an event.
     *
     * @param place a JSON Pointer (RFC 6901) into the event
     */
    record Violation(String place, String message) {
        @Override
        public String toString() {
            return (place.isEmpty() ? "/" : place) + ": " + message;
        }
    }
}
