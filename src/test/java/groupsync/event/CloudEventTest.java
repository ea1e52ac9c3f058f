package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static groupsync.event.Reading.refused;
import static groupsync.event.Reason.INVALID_EVENT;
import static groupsync.event.Reason.MALFORMED_JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents, in binary and in structured mode. */
class CloudEventTest {

    private static final String ENVELOPE =
            "\"specversion\": \"1.0\", \"id\": \"ce-7\", \"source\": \"/hr\", \"type\": \"group.changed\"";
    private static final String COMPLETE = "{" + ENVELOPE + ", \"data\": " + SMALLEST + "}";
    private static final String STRUCTURED = "application/cloudevents+json";

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "text/plain", ""})
    void readsACloudEventInBinaryMode(String contentType) {
        var event = read(
                SMALLEST,
                "content-type",
                contentType,
                "ce_specversion",
                "1.0",
                "ce_id",
                "ce-7",
                "ce_source",
                "/hr",
                "ce_type",
                "t");

        assertThat(event).isEqualTo(new Valid(event.source(), "ce-7", new GroupUpdate("g", Map.of("name", "n"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {STRUCTURED, STRUCTURED + "; charset=UTF-8", "Application/CloudEvents+JSON", " " + STRUCTURED})
    void readsACloudEventInStructuredMode(String contentType) {
        var event = read(COMPLETE, "content-type", contentType);

        assertThat(event).isEqualTo(new Valid(event.source(), "ce-7", new GroupUpdate("g", Map.of("name", "n"))));
    }

    @Test
    void readsDataInBase64() {
        var data = Base64.getEncoder().encodeToString("{\"groupId\":\"g\",\"name\":\"Z\u00fcrich\"}".getBytes(UTF_8));

        var event = (Valid) enveloped(", \"data_base64\": \"" + data + "\"");

        assertThat(event.update()).isEqualTo(new GroupUpdate("g", Map.of("name", "Z\u00fcrich")));
    }

    @Test
    void prefersTheEventIdInTheDataToThatOfTheEnvelope() {
        assertThat(enveloped(", \"data\": {\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"n\"}")
                        .eventId())
                .isEqualTo("e-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"a\\nb\"", "\"\\ud83d\""})
    void ignoresAnIdThatCannotBeShown(String id) {
        var event = structured("{\"specversion\": \"1.0\", \"source\": \"/hr\", \"type\": \"t\", \"id\": " + id
                + ", \"data\": " + SMALLEST + "}");

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                         | INVALID_EVENT  | the CloudEvent has no data
            , "data": null             | INVALID_EVENT  | /: null is not of type object
            , "data": "text"           | INVALID_EVENT  | /: 'text' is not of type object
            , "data": {"groupId": "g"} | INVALID_EVENT  | /name: is missing
            , "data_base64": ""        | MALFORMED_JSON | the value is empty, not a JSON object
            , "data_base64": "/w=="    | MALFORMED_JSON | the value is not UTF-8 at byte 0
            """)
    void refusesTheDataOfACloudEventLikeAnyOther(String data, Reason reason, String message) {
        assertThat(enveloped(data)).extracting("reason", "message", "eventId").containsExactly(reason, message, "ce-7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null
            5
            "text"
            []
            {}
            {"specversion": "1.0", "source": "/hr", "type": "t", "data": {}}
            {"specversion": "1.0", "id": null, "source": "/hr", "type": "t", "data": {}}
            {"specversion": "1.0", "id": 5, "source": "/hr", "type": "t", "data": {}}
            {"specversion": "1.0", "id": "i", "type": "t", "data": {}}
            {"specversion": "1.0", "id": "i", "source": "a b:c", "type": "t", "data": {}}
            {"specversion": "9.9", "id": "i", "source": "/hr", "type": "t", "data": {}}
            {"specversion": 1.0, "id": "i", "source": "/hr", "type": "t", "data": {}}
            {ENVELOPE, "time": "yesterday", "data": {}}
            {ENVELOPE, "data_base64": "%%"}
            {ENVELOPE, "data_base64": 5}
            {ENVELOPE, "data": {}, "data_base64": ""}
            {ENVELOPE, "datacontenttype": "text/plain", "data": {}}
            {ENVELOPE, "NoExtension": "", "data": {}}
            """)
    void refusesAnEnvelopeThatIsNoCloudEvent(String json) {
        var event = (Invalid) structured(json.replace("ENVELOPE", ENVELOPE));

        assertThat(event.message())
                .matches("not a valid CloudEvent: \\p{Print}+")
                .doesNotContain("jackson");
        assertThat(event)
                .extracting("reason", "eventId", "groupId")
                .containsExactly(INVALID_EVENT, "updates-3-17", Optional.empty());
    }

    @Test
    void refusesDuplicatesAnywhereInAnEnvelope() {
        var event = (Invalid) enveloped(", \"data\": {\"groupId\": \"g\", \"name\": \"n\", \"name\": \"m\"}");

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message()).startsWith("Duplicate field 'name' at line 1");
    }

    @Test
    void refusesABatchOfCloudEvents() {
        var batch = "application/cloudevents-batch+json";

        assertThat(read("[" + COMPLETE + "]", "content-type", batch, "ce_id", "ce-8"))
                .extracting("reason", "message", "eventId")
                .containsExactly(
                        INVALID_EVENT, "content-type '" + batch + "' is not supported; use " + STRUCTURED, "ce-8");
    }

    @Test
    void refusesAnEnvelopeWithoutItsContentType() {
        assertThat(refused(COMPLETE).message()).contains("/specversion: is no field of a group update");
    }

    @Test
    void refusesATombstoneThatSaysItIsACloudEvent() {
        var event = (Invalid) read(Events.withHeaders("content-type", STRUCTURED));

        assertThat(event.reason()).isEqualTo(MALFORMED_JSON);
        assertThat(event.message()).startsWith("the value is null (a tombstone)");
    }

    private static GroupUpdateEvent enveloped(String more) {
        return structured("{" + ENVELOPE + more + "}");
    }

    private static GroupUpdateEvent structured(String json) {
        return read(json, "content-type", STRUCTURED);
    }
}
