package groupsync.event;

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
import java.util.Optional;

/** The JSON Schema of group-update events. */
public final class GroupUpdateSchema {

    private static final String RESOURCE = "/schema/group-update.schema.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_PROBLEM = 200;

    private final Schema schema;

    /** The schema of events whose group has its id. */
    public GroupUpdateSchema(boolean nameRequired) {
        this(nameRequired, false);
    }

    /**
     * The schema as configured.
     *
     * @param nameRequired whether the field {@code name} is required, as it is for Zoom by default
     * @param groupNames whether an event may have the name of its group instead of its id
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

    /** An event without a name must change another setting. */
    private static void nameNotRequired(ObjectNode schema) {
        schema.putArray("required");
        var anyOf = schema.putArray("anyOf");
        GroupUpdate.FIELDS.forEach(
                field -> anyOf.addObject().putArray("required").add(field));
    }

    private static void noGroupNames(ObjectNode schema) {
        schema.withObject("properties").remove("groupName");
        schema.remove("oneOf");
        schema.withArray("required").insert(0, "groupId");
    }

    /** The violations of the schema by an event; empty if the event is valid. */
    List<Violation> violations(JsonNode event) {
        var violations = new ArrayList<Violation>();
        for (var error : schema.validate(event)) {
            if (!isPartOfOneOf(error)) {
                violations.add(Violation.of(error));
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

    /** Whether a text is valid as the id of an event. */
    boolean canBeId(String id) {
        return violations("eventId", id).isEmpty();
    }

    /** The words why a text is not valid as the id of a group; empty if it is. */
    public Optional<String> problemOfGroupId(String id) {
        return violations("groupId", id).stream()
                .findFirst()
                .map(violation -> Excerpt.onOneLine(violation.message(), LONGEST_PROBLEM));
    }

    private List<Violation> violations(String field, String value) {
        return violations(JSON.createObjectNode().put(field, value)).stream()
                .filter(violation -> violation.place().equals("/" + field))
                .toList();
    }

    /** The error of the whole {@code oneOf} is enough, and a value that is no object needs no error about its group. */
    private static boolean isPartOfOneOf(Error error) {
        return error.getKeyword().equals("oneOf")
                ? !error.getInstanceNode().isObject()
                : error.getEvaluationPath().toString().contains("oneOf");
    }
}
