package groupsync.event;

import static groupsync.event.Reason.INVALID_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates with {@code events.name-required=false}. */
class OptionalNameTest {

    private final GroupUpdateReader reader = new GroupUpdateReader(new GroupUpdateSchema(false));

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            name, "n"
            type, "shared"
            search_by_domain, false
            search_by_account, true
            search_by_ma_account, false
            """)
    void needsNoName(String field, String value) {
        var event = (Valid) reader.read(Events.unmapped("{\"groupId\": \"g\", \"" + field + "\": " + value + "}"));

        assertThat(event.update().fields()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"groupId\": \"g\"}", "{\"groupId\": \"g\", \"eventId\": \"e-1\"}"})
    void refusesAnUpdateThatChangesNothing(String json) {
        var event = (Invalid) reader.read(Events.unmapped(json));

        assertThat(event.message())
                .isEqualTo("/: changes none of name, type, description, search_by_domain, search_by_account,"
                        + " search_by_ma_account");
        assertThat(event.reason()).isEqualTo(INVALID_EVENT);
        assertThat(event.groupId()).contains("g");
    }

    @Test
    void checksAName() {
        var event =
                (Invalid) reader.read(Events.unmapped("{\"groupId\": \"g\", \"name\": \" \", \"type\": \"normal\"}"));

        assertThat(event.message()).isEqualTo("/name: ' ' is blank");
    }
}
