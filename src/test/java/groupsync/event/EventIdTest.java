package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static groupsync.event.Reading.refused;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Valid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of an event: that of its field, of the CloudEvent, or the position of the record. */
class EventIdTest {

    @Test
    void isThatOfTheFieldFirst() {
        var event = read("{\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"n\"}", "ce_id", "ce-7");

        assertThat(event.eventId()).isEqualTo("e-1");
    }

    @Test
    void isThatOfTheCloudEventsHeaderNext() {
        var event = read(SMALLEST, "ce_id", "ce-7");

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("ce-7");
    }

    @Test
    void isThePositionOtherwise() {
        var event = read(SMALLEST);

        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    @ParameterizedTest
    @MethodSource
    void isNoCloudEventsIdThatCannotBeShown(String id) {
        var event = read(SMALLEST, "ce_id", id);

        assertThat(event).isInstanceOf(Valid.class);
        assertThat(event.eventId()).isEqualTo("updates-3-17");
    }

    static Stream<String> isNoCloudEventsIdThatCannotBeShown() {
        return Stream.of("", " ", "a\r\nb", "\u0000", "i".repeat(257));
    }

    @Test
    void mayHave256Characters() {
        var event = read(SMALLEST, "ce_id", "\ud83d\ude00".repeat(256));

        assertThat(event.eventId()).isEqualTo("\ud83d\ude00".repeat(256));
    }

    @Test
    void isKeptInAnInvalidEvent() {
        var event = refused("{\"eventId\": \"e-1\", \"groupId\": \"g\", \"name\": \"\"}");

        assertThat(event.eventId()).isEqualTo("e-1");
        assertThat(event.groupId()).contains("g");
    }

    @Test
    void isNeverInvalid() {
        var event = refused("{\"eventId\": \"\", \"groupId\": \"..\", \"name\": \"n\"}", "ce_id", "ce-7");

        assertThat(event.eventId()).isEqualTo("ce-7");
        assertThat(event.groupId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"eventId\": \"\\ud83d\", \"groupId\": \"\\ud83d\"}", "{\"eventId\": 5, \"groupId\": 5}"})
    void isAlwaysText(String json) {
        var event = refused(json);

        assertThat(event.eventId()).isEqualTo("updates-3-17");
        assertThat(event.groupId()).isEmpty();
    }
}
