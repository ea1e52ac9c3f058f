package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static groupsync.event.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import groupsync.event.GroupUpdateEvent.Valid;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The id of an event: that of its field, of the CloudEvent, or the position of the record. */
class EventIdTest {

    private static final String OF_RECORD = "updates-3-17";

    @ParameterizedTest
    @MethodSource
    void isThatOfTheFieldOrOfTheCloudEventOrOfTheRecord(String json, @Nullable String cloudEvent, String id) {
        var event = cloudEvent == null ? read(json) : read(json, "ce_id", cloudEvent);

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo(id);
    }

    static Stream<Arguments> isThatOfTheFieldOrOfTheCloudEventOrOfTheRecord() {
        return Stream.of(
                arguments("{\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"n\"}", "ce-7", "e-1"),
                arguments(SMALLEST, "ce-7", "ce-7"),
                arguments(SMALLEST, "\ud83d\ude00".repeat(256), "\ud83d\ude00".repeat(256)),
                arguments(SMALLEST, null, OF_RECORD),
                // No id that is empty, blank, too long or not printable.
                arguments(SMALLEST, "", OF_RECORD),
                arguments(SMALLEST, " ", OF_RECORD),
                arguments(SMALLEST, "a\r\nb", OF_RECORD),
                arguments(SMALLEST, "\u0000", OF_RECORD),
                arguments(SMALLEST, "i".repeat(257), OF_RECORD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"eventId": "e-1", "groupId": "g", "name": ""}  | ce-7 | e-1          | g
            {"eventId": "", "groupId": "..", "name": "n"}   | ce-7 | ce-7         |
            {"eventId": "\\ud83d", "groupId": "\\ud83d"}    | ``   | updates-3-17 |
            {"eventId": 5, "groupId": 5}                    | ``   | updates-3-17 |
            """)
    void isValidAlsoInAnInvalidEvent(String json, String cloudEvent, String id, @Nullable String groupId) {
        var event = refused(json, "ce_id", cloudEvent);

        assertThat(event.eventId()).isEqualTo(id);
        assertThat(event.groupId()).isEqualTo(Optional.ofNullable(groupId));
    }
}
