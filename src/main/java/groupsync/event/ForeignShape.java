package groupsync.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a refused value looks like, if it is plainly something else than a group update, and how it can be read. */
final class ForeignShape {

    private static final int WIRE_FORMAT_BYTES = 5;

    private ForeignShape() {}

    /** By its first bytes. */
    static Optional<String> of(byte[] value) {
        if (begins(value, 0xef, 0xbb, 0xbf)) {
            return Optional.of("a text with a byte order mark: write UTF-8 without one");
        }
        if (begins(value, 0xfe, 0xff) || begins(value, 0xff, 0xfe) || begins(value, 0, '{') || begins(value, '{', 0)) {
            return Optional.of("UTF-16: write UTF-8");
        }
        if (begins(value, 0) && value.length >= WIRE_FORMAT_BYTES) {
            return Optional.of("Schema Registry's wire format, with the schema id "
                    + ByteBuffer.wrap(value).getInt(1) + ": let the sender write JSON without a schema");
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] value, int... bytes) {
        for (var i = 0; i < bytes.length; i++) {
            if (i >= value.length || (value[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** By its fields. */
    static Optional<String> of(JsonNode json) {
        if (json.isTextual() && json.textValue().strip().startsWith("{")) {
            return Optional.of("JSON inside a JSON text: the sender serializes it twice");
        }
        if (isDebezium(json) || isDebezium(json.path("payload"))) {
            return Optional.of("a record of Debezium: set events.mapping, as with mappings/debezium.jq");
        }
        if (json.has("schema") && json.has("payload")) {
            return Optional.of("Connect's envelope: set value.converter.schemas.enable=false in Connect");
        }
        if (json.has("resourceType") && json.has("operationType")) {
            return Optional.of("an admin event of Keycloak: set events.mapping, as with mappings/keycloak.jq");
        }
        if (json.has("specversion")) {
            return Optional.of("a CloudEvent in structured mode: its record needs the header"
                    + " content-type: application/cloudevents+json");
        }
        return Optional.empty();
    }

    private static boolean isDebezium(JsonNode json) {
        return json.path("op").isTextual() && (json.has("before") || json.has("after"));
    }
}
