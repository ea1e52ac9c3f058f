package groupsync.event;

import static groupsync.event.Reading.SMALLEST;
import static groupsync.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdateEvent.Valid;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
    @ValueSource(strings = {"normal", "shared", "restricted"})
    void readsEachType(String type) {
        var event = (Valid) read("{\"groupId\": \"g\", \"name\": \"n\", \"type\": \"" + type + "\"}");

        assertThat(event.update().fields()).containsEntry("type", type);
    }

    @ParameterizedTest
    @MethodSource
    void takesNamesLiterally(String name) {
        var event = (Valid) read("{\"groupId\": \"g\", \"name\": \"" + name + "\"}");

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
        var event = (Valid) read("{\"groupId\": \"" + id + "\", \"name\": \"n\"}");

        assertThat(event.update().groupId()).isEqualTo(id);
        assertThat(event.queue()).isEqualTo(id);
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
}
