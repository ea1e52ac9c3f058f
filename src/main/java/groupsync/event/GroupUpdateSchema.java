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

/** The JSON Schema of group-update events. */
public final class GroupUpdateSchema {

    private static final String RESOURCE = "/schema/group-update.schema.json";
    private static final JsonMapper JSON = new JsonMapper();

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
        return violations(JSON.createObjectNode().put("eventId", id)).stream()
                .noneMatch(violation -> violation.place().equals("/eventId"));
    }

    /** The error of the whole {@code oneOf} is enough, and a value that is no object needs no error about its group. */
    private static boolean isPartOfOneOf(Error error) {
        return error.getKeyword().equals("oneOf")
                ? !error.getInstanceNode().isObject()
                : error.getEvaluationPath().toString().contains("oneOf");
    }
}
