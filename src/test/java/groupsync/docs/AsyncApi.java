package groupsync.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import groupsync.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The description of the topics, docs/asyncapi.yaml, and the violations of a record against it. */
public final class AsyncApi {

    private static final String PROJECT = "project:/";
    private static final String HERE = "docs/asyncapi";
    static final JsonNode DOCUMENT = ProjectFile.yaml(HERE + ".yaml");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, schemas -> schemas.schemas(AsyncApi::schema));

    private AsyncApi() {}

    /** The text of a file of the project, so that one file can refer to another. */
    private static String schema(String iri) {
        var path = iri.substring(PROJECT.length());
        return path.equals(HERE) ? DOCUMENT.toString() : ProjectFile.text(path);
    }

    static JsonNode message(String name) {
        return DOCUMENT.at("/components/messages").path(name);
    }

    /** The violations in the headers or the payload of a message. */
    public static List<Error> violations(String message, String part, JsonNode found) {
        // A dead letter may hold anything.
        return message(message).path(part).isMissingNode()
                ? List.of()
                : SCHEMAS.getSchema(SchemaLocation.of(PROJECT + HERE + "#/components/messages/" + message + "/" + part))
                        .validate(found);
    }

    /** The violations in the headers and the payload of a record. */
    public static List<Error> violations(String message, ConsumerRecord<byte[], byte[]> published) {
        var headers = Topics.JSON.createObjectNode();
        published.headers().forEach(header -> headers.put(header.key(), Topics.header(published, header.key())));
        var violations = new ArrayList<>(violations(message, "headers", headers));
        if (message(message).has("payload")) {
            violations.addAll(violations(message, "payload", Topics.json(published.value())));
        }
        return violations;
    }
}
