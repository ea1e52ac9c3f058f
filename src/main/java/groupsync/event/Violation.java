package groupsync.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A violation of the schema by an event, in words for its sender.
 *
 * @param place a JSON Pointer (RFC 6901) into the event
 */
record Violation(String place, String message) {

    private static final JsonMapper JSON = new JsonMapper();
    /** The beginning of a value is enough to find it; in UTF-16 units. */
    private static final int LONGEST_VALUE = 64;

    static Violation of(Error error) {
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
                        "/" + Excerpt.of(error.getProperty(), LONGEST_VALUE),
                        "is no field of a group update"
                                + (error.getProperty().equals("groupName") ? " while events.group-names=false" : ""));
            case "oneOf" ->
                new Violation(
                        "/",
                        value.has("groupName") ? "has both groupId and groupName" : "has no groupId and no groupName");
            case "type" -> new Violation(place, quoted(value) + " is not of type " + allowed.asText());
            case "enum" -> new Violation(place, quoted(value) + " is not one of " + listed(allowed));
            case "minLength" -> new Violation(place, "is shorter than the least, " + allowed.asText() + " character");
            case "maxLength" ->
                new Violation(
                        place,
                        value.textValue().codePointCount(0, value.textValue().length())
                                + " characters are more than the most, " + allowed.asText());
            case "pattern" -> new Violation(place, quoted(value) + " is blank");
            case "not" ->
                new Violation(
                        place,
                        quoted(value) + " is or holds "
                                + allowed.path("description").asText());
            default -> new Violation(place, error.getMessage());
        };
    }

    private static String listed(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    /** A text in single quotes, with control characters escaped as in JSON; any other value as JSON. */
    private static String quoted(JsonNode value) {
        try {
            var json = JSON.writeValueAsString(value);
            return value.isTextual()
                    ? "'" + Excerpt.of(json.substring(1, json.length() - 1), LONGEST_VALUE) + "'"
                    : Excerpt.of(json, LONGEST_VALUE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return (place.isEmpty() ? "/" : place) + ": " + message;
    }
}
