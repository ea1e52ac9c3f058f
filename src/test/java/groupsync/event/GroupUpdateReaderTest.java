package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;
import static groupsync.event.Reason.MALFORMED_JSON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupUpdateReaderTest {

    private static final String SMALLEST = "{\"groupId\": \"g\", \"name\": \"n\"}";
    private static final String ENVELOPE =
            "\"specversion\": \"1.0\", \"id\": \"ce-7\", \"source\": \"/hr\", \"type\": \"group.changed\"";
    private static final String STRUCTURED = "application/cloudevents+json";

    private final GroupUpdateReader reader = new GroupUpdateReader(new GroupUpdateSchema(true));

    // --- What is read ---

    @Test
    void readsTheLeastThatAnUpdateCanBe() {
        var source = source(SMALLEST);

        var event = reader.read(source);

        assertThat(event).isEqualTo(new Valid(source, "updates-3-17", new GroupUpdate("g", Map.of("name", "n"))));
        assertThat(event.groupId()).contains("g");
        assertThat(event.line()).isEqualTo("g");
    }

    @Test
    void readsEveryField() {
        var source = source("""
            {"search_by_ma_account": false, "search_by_account": true, "search_by_domain": false, "type": "restricted",
             "name": "Finance", "groupId": "SobVexyrQjqCkcxjpBWi6w", "eventId": "hr-2041"}\
            """);

        var event = (Valid) reader.read(source);

        assertThat(event.eventId()).isEqualTo("hr-2041");
        assertThat(event.update().groupId()).isEqualTo("SobVexyrQjqCkcxjpBWi6w");
        assertThat(List.copyOf(event.update().fields().entrySet()))
                .isEqualTo(List.of(
                        Map.entry("name", "Finance"),
                        Map.entry("type", "restricted"),
                        Map.entry("search_by_domain", false),
                        Map.entry("search_by_account", true),
                        Map.entry("search_by_ma_account", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "shared", "restricted"})
    void readsEachType(String type) {
        var json = "{\"groupId\": \"g\", \"name\": \"n\", \"type\": \"" + type + "\"}";

        var event = (Valid) reader.read(source(json));

        assertThat(event.update().fields()).containsEntry("type", type);
    }

    @ParameterizedTest
    @MethodSource
    void takesNamesLiterally(String name) {
        var json = "{\"groupId\": \"g\", \"name\": \"" + name + "\"}";

        var event = (Valid) reader.read(source(json));

        assertThat(event.update().fields()).containsEntry("name", name);
    }

    static Stream<String> takesNamesLiterally() {
        return Stream.of(
                "{{zoom.client-secret}}",
                "${env:HOME}",
                "%2e%2e",
                " blanks around ",
                "\u200bhidden",
                "a/b",
                "<b>&amp;</b>",
                "Z\u00fcrich \u6f22\u5b57 \ud83d\ude00",
                "n".repeat(128),
                "\ud83d\ude00".repeat(128));
    }

    @ParameterizedTest
    @MethodSource
    void takesGroupIdsLiterally(String id) {
        var json = "{\"groupId\": \"" + id + "\", \"name\": \"n\"}";

        var event = (Valid) reader.read(source(json));

        assertThat(event.update().groupId()).isEqualTo(id);
        assertThat(event.line()).isEqualTo(id);
    }

    static Stream<String> takesGroupIdsLiterally() {
        return Stream.of(
                "-_obVexyrQjqCkcxjpBWi6",
                "a b",
                "100%",
                "%2F",
                "...",
                "g:groupId",
                "g?a=b#c",
                "i".repeat(256),
                "\ud83d\ude00".repeat(256));
    }

    // --- What is refused: no JSON ---

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatIsNoJsonAndSaysWhere(String what, byte @Nullable [] value, String message) {
        var source = source(value);

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(MALFORMED_JSON);
        assertThat(event.message()).contains(message);
        assertThat(event.eventId()).isEqualTo("updates-3-17");
        assertThat(event.groupId()).isEmpty();
        assertThat(event.source()).isSameAs(source);
    }

    static Stream<Arguments> refusesWhatIsNoJsonAndSaysWhere() {
        return Stream.of(
                malformed("a tombstone", null, "the value is null (a tombstone)"),
                malformed("nothing", "", "the value is empty"),
                malformed("blanks", " \r\n\t", "the value is empty"),
                malformed("text", "hello", "at line 1, column 1"),
                malformed("only a brace", "{", "at line 1, column 2"),
                malformed("broken off in a text", "{\"groupId\": \"g", "at line 1, column 15"),
                malformed("broken off after a comma", "{\"groupId\": \"g\",", "at line 1, column 17"),
                malformed("no comma", "{\"groupId\": \"g\" \"name\": \"n\"}", "at line 1, column 17"),
                malformed("a comma too many", "{\"groupId\": \"g\",}", "at line 1, column 17"),
                malformed("the second line", "{\"groupId\": \"g\",\n \"name\": n}", "at line 2, column 10"),
                malformed("no quotes around a field", "{groupId: \"g\"}", "at line 1, column 2"),
                malformed("single quotes", "{'groupId': 'g'}", "at line 1, column 2"),
                malformed("not a number", "{\"groupId\": NaN}", "at line 1, column 16"),
                malformed("an unknown escape", "{\"groupId\": \"\\x\"}", "at line 1, column 15"),
                malformed("a line feed in a text", "{\"groupId\": \"a\nb\"}", "at line 1, column 15"),
                malformed("a comment", SMALLEST + " // why", "at line 1, column 31"),
                malformed("rubbish behind it", SMALLEST + "x", "at line 1, column 30"),
                malformed("rubbish behind it, a brace", SMALLEST + "}", "at line 1, column 30"),
                malformed("a NUL behind it", SMALLEST + "\u0000", "at line 1, column 31"),
                malformed("deep nesting", "[".repeat(1_001) + "]".repeat(1_001), "nesting depth (1001)"),
                malformed("very deep nesting", "{\"a\":".repeat(100_000), "nesting depth (1001)"),
                malformed("a huge number", "{\"a\": " + "1".repeat(1_001) + "}", "Number value length (1001)"),
                malformed("a huge text", "\"" + "x".repeat(20_000_001) + "\"", "String value length (20000001)"),
                malformed("a byte order mark", "\ufeff" + SMALLEST, "at line 1, column 1"),
                arguments("UTF-16", SMALLEST.getBytes(UTF_16), "the value is not UTF-8 at byte 0"),
                arguments("UTF-16 without its mark", SMALLEST.getBytes(UTF_16LE), "code 0"),
                arguments("Latin-1", "{\"name\": \"\u00fc\"}".getBytes(ISO_8859_1), "not UTF-8 at byte 10"),
                arguments("an overlong NUL", new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}, "not UTF-8 at byte 1"),
                arguments(
                        "half a surrogate pair in UTF-8",
                        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                        "not UTF-8 at byte 1"),
                arguments("broken off in a character", new byte[] {'"', (byte) 0xc3}, "not UTF-8 at byte 1"));
    }

    private static Arguments malformed(String what, @Nullable String json, String message) {
        return arguments(what, json == null ? null : json.getBytes(UTF_8), message);
    }

    // --- What is refused: JSON, but no group update ---

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatIsNoGroupUpdateAndSaysWhere(String json, String message) {
        var source = source(json);

        var event = (Invalid) reader.read(source);

        assertThat(event.message()).isEqualTo(message);
        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
    }

    static Stream<Arguments> refusesWhatIsNoGroupUpdateAndSaysWhere() {
        return Stream.of(
                arguments("[]", "/: [] is not of type object"),
                arguments("[" + SMALLEST + "]", "/: [{\"groupId\":\"g\",\"name\":\"n\"}] is not of type object"),
                arguments("5", "/: 5 is not of type object"),
                arguments("\"text\"", "/: 'text' is not of type object"),
                arguments("true", "/: true is not of type object"),
                arguments("null", "/: null is not of type object"),
                arguments("{}", "/groupId: is missing; /name: is missing"),
                arguments("{\"groupId\": \"g\"}", "/name: is missing"),
                arguments("{\"groupId\": \"g\", \"type\": \"normal\"}", "/name: is missing"),
                arguments("{\"name\": \"n\"}", "/groupId: is missing"),
                // An id that cannot be one path segment, or cannot be shown.
                groupId("5", "5 is not of type string"),
                groupId("true", "true is not of type string"),
                groupId("null", "null is not of type string"),
                groupId("[\"g\"]", "[\"g\"] is not of type string"),
                groupId("{}", "{} is not of type string"),
                groupId("\"\"", "is shorter than the least, 1 character; /groupId: '' is blank"),
                groupId("\".\"", "'.' is or holds a relative path segment"),
                groupId("\"..\"", "'..' is or holds a relative path segment"),
                groupId("\"a/b\"", "'a/b' is or holds a slash or backslash"),
                groupId("\"../users\"", "'../users' is or holds a slash or backslash"),
                groupId("\"a\\\\b\"", "'a\\\\b' is or holds a slash or backslash"),
                groupId("\"  \"", "'  ' is blank"),
                groupId("\"\\u2028\"", "'\ufffd' is blank"),
                groupId("\"\\u200b\"", "'\u200b' is blank"),
                groupId("\":groupId\"", "':groupId' is or holds an unfilled path parameter"),
                groupId("\"a\\r\\nb\"", "'a\\r\\nb' is or holds a control character"),
                groupId("\"\\u0000\"", "'\\u0000' is or holds a control character"),
                groupId("\"a\\u0085b\"", "'a\ufffdb' is or holds a control character"),
                groupId("\"" + "i".repeat(257) + "\"", "257 characters are more than the most, 256"),
                groupId("\"" + "\ud83d\ude00".repeat(257) + "\"", "257 characters are more than the most, 256"),
                groupId("\"\\ud83d\"", "holds half of a surrogate pair, which is no character"),
                // A name that Zoom would refuse, or that nobody can see.
                name("5", "5 is not of type string"),
                name("false", "false is not of type string"),
                name("null", "null is not of type string"),
                name("[]", "[] is not of type string"),
                name("{\"first\": \"n\"}", "{\"first\":\"n\"} is not of type string"),
                name("\" \"", "' ' is blank"),
                name("\"\\u00a0\"", "'\u00a0' is blank"),
                name("\"\\u2003\\u3000\\ufeff\"", "'\u2003\u3000\ufeff' is blank"),
                name("\"\\u200b\"", "'\u200b' is blank"),
                name("\"\\u3164\"", "'\u3164' is blank"),
                name("\" \\u2800 \"", "' \u2800 ' is blank"),
                name("\"\\u202e\\u2066\\u00ad\"", "'\u202e\u2066\u00ad' is blank"),
                name("\"\\ufe0f\\udb40\\udc41\"", "'\ufe0f\udb40\udc41' is blank"),
                name("\"a\\r\\nb\"", "'a\\r\\nb' is or holds a control character"),
                name("\"\\u001b[31mred\"", "'\\u001B[31mred' is or holds a control character"),
                name("\"a\\u007fb\"", "'a\ufffdb' is or holds a control character"),
                name("\"" + "n".repeat(129) + "\"", "129 characters are more than the most, 128"),
                name("\"" + "\ud83d\ude00".repeat(129) + "\"", "129 characters are more than the most, 128"),
                name("\"" + "x".repeat(2_000_000) + "\"", "2000000 characters are more than the most, 128"),
                name("\"\\ude00\\ud83d\"", "holds half of a surrogate pair, which is no character"),
                // The event's own name.
                field("eventId", "5", "5 is not of type string"),
                field("eventId", "null", "null is not of type string"),
                field("eventId", "\"\"", "is shorter than the least, 1 character; /eventId: '' is blank"),
                field("eventId", "\"  \"", "'  ' is blank"),
                field("eventId", "\"\\u3164\"", "'\u3164' is blank"),
                field("eventId", "\"a\\nb\"", "'a\\nb' is or holds a control character"),
                field("eventId", "\"" + "e".repeat(257) + "\"", "257 characters are more than the most, 256"),
                field("eventId", "\"\\ud83d\"", "holds half of a surrogate pair, which is no character"),
                // The other settings.
                field("type", "\"secret\"", "'secret' is not one of normal, shared, restricted"),
                field("type", "\"Normal\"", "'Normal' is not one of normal, shared, restricted"),
                field("type", "\"normal \"", "'normal ' is not one of normal, shared, restricted"),
                field("type", "\"\"", "'' is not one of normal, shared, restricted"),
                field(
                        "type",
                        "\"" + "t".repeat(63) + "\ud83d\ude00\"",
                        "'" + "t".repeat(63) + "\ufffd\u2026' is not one of normal, shared, restricted"),
                field("search_by_domain", "\"true\"", "'true' is not of type boolean"),
                field("search_by_domain", "null", "null is not of type boolean"),
                field("search_by_domain", "0", "0 is not of type boolean"),
                field("search_by_account", "\"\"", "'' is not of type boolean"),
                field("search_by_account", "1e999999999", "\"Infinity\" is not of type boolean"),
                field("search_by_account", "[true]", "[true] is not of type boolean"),
                field("search_by_ma_account", "1", "1 is not of type boolean"),
                field("search_by_ma_account", "{}", "{} is not of type boolean"),
                // Mistyped fields.
                field("Name", "\"n\"", "is no field of a group update"),
                field("searchByDomain", "true", "is no field of a group update"),
                field("group_id", "\"g\"", "is no field of a group update"),
                field("", "1", "is no field of a group update"),
                field("x", "[".repeat(900) + "]".repeat(900), "is no field of a group update"),
                arguments(
                        "{\"groupId\": \"g\", \"name\": \"n\", \"" + "k".repeat(100) + "\": 1}",
                        "/" + "k".repeat(64) + "\u2026: is no field of a group update"),
                arguments(
                        "{\"groupId\": \"g\", \"name\": \"n\", \"a\\r\\nb\": 1}",
                        "/a\ufffd\ufffdb: is no field of a group update"),
                // JSON, but too much of it.
                arguments(
                        "{\"groupId\": \"g\", \"name\": \"n\", \"name\": \"n\"}",
                        "Duplicate field 'name' at line 1, column 37"),
                arguments("{\"a\": {\"b\": 1, \"b\": 2}}", "Duplicate field 'b' at line 1, column 19"));
    }

    private static Arguments groupId(String value, String message) {
        return arguments("{\"groupId\": " + value + ", \"name\": \"n\"}", "/groupId: " + message);
    }

    private static Arguments name(String value, String message) {
        return arguments("{\"groupId\": \"g\", \"name\": " + value + "}", "/name: " + message);
    }

    private static Arguments field(String field, String value, String message) {
        return arguments(
                "{\"groupId\": \"g\", \"name\": \"n\", \"" + field + "\": " + value + "}",
                "/" + field + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "{}", SMALLEST})
    void refusesSeveralValues(String second) {
        var json = SMALLEST + "\n" + second;

        var event = (Invalid) reader.read(source(json));

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message()).startsWith("Trailing token").endsWith("at line 2, column 1");
    }

    @Test
    void namesTheTypesThereAre() {
        var json = "{\"groupId\": \"g\", \"name\": \"n\", \"type\": \"secret\"}";

        var event = (Invalid) reader.read(source(json));

        assertThat(event.message()).isEqualTo("/type: 'secret' is not one of normal, shared, restricted");
    }

    @Test
    void tellsEverythingThatIsWrong() {
        var json = "{\"groupId\": \".\", \"type\": \"secret\", \"colour\": \"red\", \"search_by_domain\": 1}";

        var event = (Invalid) reader.read(source(json));

        assertThat(event.message().split("; ", -1))
                .containsExactlyInAnyOrder(
                        "/groupId: '.' is or holds a relative path segment",
                        "/name: is missing",
                        "/type: 'secret' is not one of normal, shared, restricted",
                        "/colour: is no field of a group update",
                        "/search_by_domain: 1 is not of type boolean");
    }

    @Test
    void keepsTheMessageShort() {
        var json = new StringBuilder("{\"groupId\": \"g\", \"name\": \"n\"");
        for (var i = 0; i < 10_000; i++) {
            json.append(", \"unknown").append(i).append("\": 1");
        }

        var event = (Invalid) reader.read(source(json.append('}').toString()));

        assertThat(event.message()).startsWith("/unknown").endsWith("\u2026").hasSizeLessThanOrEqualTo(1_001);
    }

    @Test
    void letsAnInvalidEventWaitForNobody() {
        var json = "{\"groupId\": \"g\"}";

        var event = reader.read(source(json));

        assertThat(event.line()).isEqualTo("\nupdates-3-17");
    }

    // --- What an event is called ---

    @Test
    void takesTheEventIdFromTheFieldFirst() {
        var source = source("{\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"n\"}", "ce_id", "ce-7");

        var event = reader.read(source);

        assertThat(event.eventId()).isEqualTo("e-1");
    }

    @Test
    void takesTheEventIdFromTheCloudEventsHeaderNext() {
        var source = source(SMALLEST, "ce_id", "ce-7");

        var event = reader.read(source);

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("ce-7");
    }

    @Test
    void callsTheEventByItsPlaceElse() {
        var source = source(SMALLEST);

        var event = reader.read(source);

        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    @ParameterizedTest
    @MethodSource
    void passesOverACloudEventsIdThatCannotBeShown(String id) {
        var source = source(SMALLEST, "ce_id", id);

        var event = reader.read(source);

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    static Stream<String> passesOverACloudEventsIdThatCannotBeShown() {
        return Stream.of("", " ", "a\r\nb", "\u0000", "i".repeat(257));
    }

    @Test
    void takesACloudEventsIdOf256Characters() {
        var source = source(SMALLEST, "ce_id", "\ud83d\ude00".repeat(256));

        var event = reader.read(source);

        assertThat(event.eventId()).isEqualTo("\ud83d\ude00".repeat(256));
    }

    @Test
    void keepsTheIdsOfAnInvalidEvent() {
        var json = "{\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"\"}";

        var event = (Invalid) reader.read(source(json));

        assertThat(event.eventId()).isEqualTo("e-1");
        assertThat(event.groupId()).contains("g");
    }

    @Test
    void keepsNoInvalidIds() {
        var source = source("{\"eventId\": \"\", \"groupId\": \"..\", \"name\": \"n\"}", "ce_id", "ce-7");

        var event = (Invalid) reader.read(source);

        assertThat(event.eventId()).isEqualTo("ce-7");
        assertThat(event.groupId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"eventId\": \"\\ud83d\", \"groupId\": \"\\ud83d\"}", "{\"eventId\": 5, \"groupId\": 5}"})
    void keepsNoIdsThatAreNoText(String json) {
        var source = source(json);

        var event = (Invalid) reader.read(source);

        assertThat(event.eventId()).isEqualTo("updates-3-17");
        assertThat(event.groupId()).isEmpty();
    }

    // --- CloudEvents ---

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "text/plain", ""})
    void readsACloudEventInBinaryMode(String contentType) {
        var source = source(
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
                "group.changed");

        var event = reader.read(source);

        assertThat(event).isEqualTo(new Valid(source, "ce-7", new GroupUpdate("g", Map.of("name", "n"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {STRUCTURED, STRUCTURED + "; charset=UTF-8", "Application/CloudEvents+JSON", " " + STRUCTURED})
    void readsACloudEventInStructuredMode(String contentType) {
        var source = source("{" + ENVELOPE + ", \"data\": " + SMALLEST + "}", "content-type", contentType);

        var event = reader.read(source);

        assertThat(event).isEqualTo(new Valid(source, "ce-7", new GroupUpdate("g", Map.of("name", "n"))));
    }

    @Test
    void readsDataInBase64() {
        var data = Base64.getEncoder().encodeToString("{\"groupId\":\"g\",\"name\":\"Z\u00fcrich\"}".getBytes(UTF_8));
        var source = structured("{" + ENVELOPE + ", \"data_base64\": \"" + data + "\"}");

        var event = reader.read(source);

        assertThat(event).isEqualTo(new Valid(source, "ce-7", new GroupUpdate("g", Map.of("name", "Z\u00fcrich"))));
    }

    @Test
    void prefersTheEventIdInTheDataToThatOfTheEnvelope() {
        var source =
                structured("{" + ENVELOPE + ", \"data\": {\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"n\"}}");

        var event = reader.read(source);

        assertThat(event.eventId()).isEqualTo("e-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"a\\nb\"", "\"\\ud83d\""})
    void passesOverTheIdOfAnEnvelopeThatCannotBeShown(String id) {
        var source = structured("{\"specversion\": \"1.0\", \"source\": \"/hr\", \"type\": \"t\", \"id\": " + id
                + ", \"data\": " + SMALLEST + "}");

        var event = reader.read(source);

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    @ParameterizedTest
    @MethodSource
    void refusesTheDataOfACloudEventLikeAnyOther(String data, Reason reason, String message) {
        var source = structured("{" + ENVELOPE + data + "}");

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(reason);
        assertThat(event.message()).isEqualTo(message);
        assertThat(event.eventId()).isEqualTo("ce-7");
    }

    static Stream<Arguments> refusesTheDataOfACloudEventLikeAnyOther() {
        return Stream.of(
                arguments("", INVALID_EVENT, "the CloudEvent has no data"),
                arguments(", \"data\": null", INVALID_EVENT, "/: null is not of type object"),
                arguments(", \"data\": \"text\"", INVALID_EVENT, "/: 'text' is not of type object"),
                arguments(", \"data\": {\"groupId\": \"g\"}", INVALID_EVENT, "/name: is missing"),
                arguments(", \"data_base64\": \"\"", MALFORMED_JSON, "the value is empty, not a JSON object"),
                arguments(", \"data_base64\": \"/w==\"", MALFORMED_JSON, "the value is not UTF-8 at byte 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "\"text\"",
                "[]",
                "{}",
                "{\"specversion\": \"1.0\", \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": \"1.0\", \"id\": null, \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": \"1.0\", \"id\": 5, \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": \"1.0\", \"id\": \"i\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": \"1.0\", \"id\": \"i\", \"source\": \"a b:c\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": \"9.9\", \"id\": \"i\", \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "{\"specversion\": 1.0, \"id\": \"i\", \"source\": \"/hr\", \"type\": \"t\", \"data\": {}}",
                "{" + ENVELOPE + ", \"time\": \"yesterday\", \"data\": {}}",
                "{" + ENVELOPE + ", \"data_base64\": \"%%\"}",
                "{" + ENVELOPE + ", \"data_base64\": 5}",
                "{" + ENVELOPE + ", \"data\": {}, \"data_base64\": \"\"}",
                "{" + ENVELOPE + ", \"datacontenttype\": \"text/plain\", \"data\": {}}",
                "{" + ENVELOPE + ", \"NoExtension\": \"\", \"data\": {}}"
            })
    void refusesAnEnvelopeThatIsNoCloudEvent(String json) {
        var source = structured(json);

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message())
                .matches("not a valid CloudEvent: \\p{Print}+")
                .doesNotContain("jackson");
        assertThat(event.eventId()).isEqualTo("updates-3-17");
        assertThat(event.groupId()).isEmpty();
    }

    @Test
    void refusesDuplicatesAnywhereInAnEnvelope() {
        var source = structured("{" + ENVELOPE + ", \"data\": {\"groupId\": \"g\", \"name\": \"n\", \"name\": \"m\"}}");

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message()).startsWith("Duplicate field 'name' at line 1");
    }

    @Test
    void refusesABatchOfCloudEvents() {
        var source = source(
                "[{" + ENVELOPE + ", \"data\": " + SMALLEST + "}]",
                "content-type",
                "application/cloudevents-batch+json",
                "ce_id",
                "ce-8");

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message())
                .isEqualTo("content-type 'application/cloudevents-batch+json' is not supported;"
                        + " use application/cloudevents+json");
        assertThat(event.eventId()).isEqualTo("ce-8");
    }

    @Test
    void refusesAnEnvelopeThatDoesNotSayItIsOne() {
        var source = source("{" + ENVELOPE + ", \"data\": " + SMALLEST + "}");

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message()).contains("/specversion: is no field of a group update");
    }

    @Test
    void refusesATombstoneThatSaysItIsACloudEvent() {
        var source = structured(null);

        var event = (Invalid) reader.read(source);

        assertThat(event.reason()).isEqualTo(MALFORMED_JSON);
        assertThat(event.message()).startsWith("the value is null (a tombstone)");
    }

    // --- Where no name is required ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\": \"n\"",
                "\"type\": \"shared\"",
                "\"search_by_domain\": false",
                "\"search_by_account\": true",
                "\"search_by_ma_account\": false"
            })
    void needsNoNameWhereNoneIsRequired(String setting) {
        var withoutName = new GroupUpdateReader(new GroupUpdateSchema(false));

        var event = withoutName.read(source("{\"groupId\": \"g\", " + setting + "}"));

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(((Valid) event).update().fields()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"groupId\": \"g\"}", "{\"groupId\": \"g\", \"eventId\": \"e-1\"}"})
    void refusesAnUpdateThatChangesNothing(String json) {
        var withoutName = new GroupUpdateReader(new GroupUpdateSchema(false));

        var event = (Invalid) withoutName.read(source(json));

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message())
                .isEqualTo("/: changes none of name, type, search_by_domain, search_by_account, search_by_ma_account");
        assertThat(event.groupId()).contains("g");
    }

    @Test
    void checksANameWhereNoneIsRequired() {
        var withoutName = new GroupUpdateReader(new GroupUpdateSchema(false));

        var event = (Invalid) withoutName.read(source("{\"groupId\": \"g\", \"name\": \" \", \"type\": \"normal\"}"));

        assertThat(event.message()).isEqualTo("/name: ' ' is blank");
    }

    private static SourceRecord structured(@Nullable String json) {
        return source(json, "content-type", STRUCTURED);
    }

    private static SourceRecord source(@Nullable String json, String... headers) {
        return source(json == null ? null : json.getBytes(UTF_8), headers);
    }

    private static SourceRecord source(byte @Nullable [] value, String... headers) {
        var all = new RecordHeaders();
        for (var i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return new SourceRecord(new TopicPartition("updates", 3), 17, 0, null, value, all);
    }
}
