package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static groupsync.event.Reason.MALFORMED_JSON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import groupsync.event.GroupUpdateEvent.Invalid;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that is no JSON, and where. */
class MalformedJsonTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isRefusedWithItsPlace(String what, byte @Nullable [] value, String message) {
        var source = Events.source(null, value);

        var event = (Invalid) read(source);

        assertThat(event.message()).contains(message);
        assertThat(event)
                .isEqualTo(new Invalid(source, "updates-3-17", Optional.empty(), MALFORMED_JSON, event.message()));
    }

    static Stream<Arguments> isRefusedWithItsPlace() {
        return Stream.of(
                malformed("a tombstone", null, "the value is null (a tombstone)"),
                malformed("nothing", "", "the value is empty"),
                malformed("blanks", " \r\n\t", "the value is empty"),
                malformed("text", "hello", "at line 1, column 1"),
                malformed("broken off after a comma", "{\"groupId\": \"g\",", "at line 1, column 17"),
                malformed("a comma too many", "{\"groupId\": \"g\",}", "at line 1, column 17"),
                malformed("the second line", "{\"groupId\": \"g\",\n \"name\": n}", "at line 2, column 10"),
                malformed("no quotes around a field", "{groupId: \"g\"}", "at line 1, column 2"),
                malformed("single quotes", "{'groupId': 'g'}", "at line 1, column 2"),
                malformed("not a number", "{\"groupId\": NaN}", "at line 1, column 16"),
                malformed("an unknown escape", "{\"groupId\": \"\\x\"}", "at line 1, column 15"),
                malformed("a line feed in a text", "{\"groupId\": \"a\nb\"}", "at line 1, column 15"),
                malformed("a comment", SMALLEST + " // why", "at line 1, column 31"),
                malformed("rubbish behind it", SMALLEST + "x", "at line 1, column 30"),
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
}
