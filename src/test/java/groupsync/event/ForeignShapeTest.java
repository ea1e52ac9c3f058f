package groupsync.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import groupsync.event.GroupUpdateEvent.Invalid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that is plainly something else is called by its name. */
class ForeignShapeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"op": "u", "before": null, "after": {"id": 1}}                                | Debezium
            {"schema": {"type": "struct"}, "payload": {"op": "c", "after": {"id": 1}}}     | Debezium
            {"schema": {"type": "struct"}, "payload": {"groupId": "g", "name": "n"}}       | Connect's envelope
            {"resourceType": "GROUP", "operationType": "UPDATE", "resourcePath": "x"}      | Keycloak
            {"specversion": "1.0", "id": "i", "source": "/hr", "type": "t", "data": {}}    | content-type: application/cloudevents+json
            "{\\"groupId\\": \\"g\\", \\"name\\": \\"n\\"}"                                | JSON inside a JSON text
            """)
    void isSaidByItsFields(String json, String words) {
        var event = Reading.refused(json);

        assertThat(event.reason()).isEqualTo(Reason.INVALID_EVENT);
        assertThat(event.message()).startsWith("this looks like ").contains(words, "(docs/mapping.md). /");
    }

    @Test
    void theContentTypeMayBeWrittenOtherwise() {
        var event = Reading.refused(
                "{\"specversion\": \"1.0\", \"id\": \"i\", \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "content-type",
                "application/json");

        assertThat(event.message()).contains("a CloudEvent in structured mode");
    }

    static Stream<Arguments> isSaidByItsBytes() {
        var json = Reading.SMALLEST;
        return Stream.of(
                arguments(("\ufeff" + json).getBytes(UTF_8), "a byte order mark"),
                arguments(json.getBytes(UTF_16), "UTF-16"),
                arguments(json.getBytes(UTF_16BE), "UTF-16"),
                arguments(json.getBytes(UTF_16LE), "UTF-16"),
                arguments(new byte[] {0, 0, 0, 1, 2, 8, 'a'}, "Schema Registry's wire format, with the schema id 258"));
    }

    @ParameterizedTest
    @MethodSource
    void isSaidByItsBytes(byte[] value, String words) {
        var event = (Invalid) Reading.read(Events.source(null, value));

        assertThat(event.reason()).isEqualTo(Reason.MALFORMED_JSON);
        assertThat(event.message()).startsWith("this looks like ").contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"groupId": "g"}
            {"groupId": "g", "name": "n", "op": "u"}
            "text"
            {
            """)
    void anythingElseIsNot(String json) {
        assertThat(Reading.refused(json).message()).doesNotContain("looks like");
    }
}
