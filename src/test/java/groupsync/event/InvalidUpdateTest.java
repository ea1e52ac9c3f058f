package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static groupsync.event.Reading.refused;
import static groupsync.event.Reason.INVALID_EVENT;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is no group update. */
class InvalidUpdateTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isRefusedWithTheFieldAtFault(String json, String message) {
        assertThat(refused(json)).extracting("reason", "message").containsExactly(INVALID_EVENT, message);
    }

    static Stream<Arguments> isRefusedWithTheFieldAtFault() {
        return Stream.of(
                arguments("[]", "/: [] is not of type object"),
                arguments("[" + SMALLEST + "]", "/: [{\"groupId\":\"g\",\"name\":\"n\"}] is not of type object"),
                arguments("5", "/: 5 is not of type object"),
                arguments("\"text\"", "/: 'text' is not of type object"),
                arguments("null", "/: null is not of type object"),
                arguments("{}", "/groupId: is missing; /name: is missing"),
                arguments("{\"groupId\": \"g\"}", "/name: is missing"),
                arguments("{\"name\": \"n\"}", "/groupId: is missing"),
                // An id that cannot be one path segment, or cannot be shown.
                groupId("5", "5 is not of type string"),
                groupId("null", "null is not of type string"),
                groupId("[\"g\"]", "[\"g\"] is not of type string"),
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
                // A name that Zoom would refuse, or that is invisible.
                name("null", "null is not of type string"),
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
                field("eventId", "\"\"", "is shorter than the least, 1 character; /eventId: '' is blank"),
                field("eventId", "\"\\u3164\"", "'\u3164' is blank"),
                field("eventId", "\"a\\nb\"", "'a\\nb' is or holds a control character"),
                field("eventId", "\"" + "e".repeat(257) + "\"", "257 characters are more than the most, 256"),
                field("eventId", "\"\\ud83d\"", "holds half of a surrogate pair, which is no character"),
                // The other settings.
                field("type", "\"secret\"", "'secret' is not one of normal, shared, restricted"),
                field("type", "\"Normal\"", "'Normal' is not one of normal, shared, restricted"),
                field(
                        "type",
                        "\"" + "t".repeat(63) + "\ud83d\ude00\"",
                        "'" + "t".repeat(63) + "\ufffd\u2026' is not one of normal, shared, restricted"),
                field("search_by_domain", "\"true\"", "'true' is not of type boolean"),
                field("search_by_domain", "null", "null is not of type boolean"),
                field("search_by_account", "\"\"", "'' is not of type boolean"),
                field("search_by_account", "1e999999999", "\"Infinity\" is not of type boolean"),
                field("search_by_ma_account", "1", "1 is not of type boolean"),
                // Mistyped fields.
                field("Name", "\"n\"", "is no field of a group update"),
                field("searchByDomain", "true", "is no field of a group update"),
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
    void isASecondValue(String second) {
        var event = refused(SMALLEST + "\n" + second);

        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.message()).startsWith("Trailing token").endsWith("at line 2, column 1");
    }

    @Test
    void hasAMessageOfAllFaults() {
        var event = refused("{\"groupId\": \".\", \"type\": \"secret\", \"colour\": \"red\", \"search_by_domain\": 1}");

        assertThat(event.message().split("; ", -1))
                .containsExactlyInAnyOrder(
                        "/groupId: '.' is or holds a relative path segment",
                        "/name: is missing",
                        "/type: 'secret' is not one of normal, shared, restricted",
                        "/colour: is no field of a group update",
                        "/search_by_domain: 1 is not of type boolean");
    }

    @Test
    void hasAShortMessage() {
        var unknown = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"unknown" + i + "\": 1")
                .collect(joining(", "));

        assertThat(refused("{\"groupId\": \"g\", \"name\": \"n\", " + unknown + "}")
                        .message())
                .startsWith("/unknown")
                .endsWith("\u2026")
                .hasSizeLessThanOrEqualTo(1_001);
    }

    @Test
    void hasAQueueOfItsOwn() {
        assertThat(read("{\"groupId\": \"g\"}").queue()).isEqualTo("\nupdates-3-17");
    }
}
