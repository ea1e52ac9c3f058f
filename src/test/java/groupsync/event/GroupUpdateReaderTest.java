package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Valid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that can be sent to Zoom. */
class GroupUpdateReaderTest {

    @Test
    void readsTheLeastThatAnUpdateCanBe() {
        var event = read(SMALLEST);

        assertThat(event)
                .isEqualTo(new Valid(event.source(), "updates-3-17", new GroupUpdate("g", Map.of("name", "n"))));
        assertThat(event.groupId()).contains("g");
        assertThat(event.queue()).isEqualTo("g");
    }

    @Test
    void readsEveryField() {
        var event = (Valid) read("""
            {"search_by_ma_account": false, "search_by_account": true, "search_by_domain": false, "type": "restricted",
             "name": "Finance", "groupId": "SobVexyrQjqCkcxjpBWi6w", "eventId": "hr-2041"}\
            """);

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
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', textBlock = """
            {{zoom.client-secret}}|-_obVexyrQjqCkcxjpBWi6
            ${env:HOME}|a b
            %2e%2e|100%
             blanks around |%2F
            \u200bhidden|...
            a/b|g:groupId
            <b>&amp;</b>|g?a=b#c
            Z\u00fcrich \u6f22\u5b57 \ud83d\ude00|g
            """)
    void takesNamesAndGroupIdsLiterally(String name, String id) {
        var event = (Valid) read("{\"groupId\": \"" + id + "\", \"name\": \"" + name + "\"}");

        assertThat(event.update()).isEqualTo(new GroupUpdate(id, Map.of("name", name)));
        assertThat(event.queue()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "\ud83d\ude00"})
    void takesTheLongestNameAndGroupId(String character) {
        takesNamesAndGroupIdsLiterally(character.repeat(128), character.repeat(256));
    }
}
