package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.settings.WrongSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping makes group updates of other systems' events. */
class MappingTest extends ShippedRoutes {

    private static final String RENAME = "{\"op\":\"u\",\"before\":{\"zoom_id\":\"g\",\"name\":\"Finance\"},"
            + "\"after\":{\"zoom_id\":\"g\",\"name\":\"Money\",\"type\":\"shared\"}}";
    private static final String DELETE =
            "{\"op\":\"d\",\"before\":{\"zoom_id\":\"g\",\"name\":\"Finance\"},\"after\":null}";
    private static final String WRONG = "{\"op\":\"c\",\"after\":{\"zoom_id\":\"g\",\"name\":5}}";

    @Test
    void aChangeOfATableIsApplied() {
        groupSync.with("events.mapping", "mappings/debezium.jq");
        groupSync.receives("{\"id\":1}", RENAME);

        groupSync.start();

        groupSync.allAreApplied(1);
        assertThat(requests("PATCH").get(0).fields())
                .containsEntry("name", "Money")
                .containsEntry("type", "shared");
    }

    @Test
    void whatIsNoUpdateOfAGroupIsIgnoredWithAnOutcome() {
        groupSync.with("events.mapping", "mappings/debezium.jq");
        groupSync.receives("{\"id\":1}", DELETE);
        topics.send("{\"id\":1}", (byte[]) null);

        groupSync.start();

        assertThat(topics.outcomes(2, "status")).containsExactly("IGNORED", "IGNORED");
        assertThat(topics.records(topics.outcomes, count -> count >= 2, Duration.ZERO))
                .allSatisfy(outcome -> {
                    assertThat(outcome.key()).isEqualTo("{\"id\":1}".getBytes(UTF_8));
                    assertThat(Topics.header(outcome, "ce_type")).isEqualTo("zoom.im-group.update.ignored");
                });
        assertThat(topics.deadLetters(0)).isEmpty();
        groupSync.isDone();
        assertThat(groupSync.metric("events_total", "status=ignored")).isEqualTo(2);
    }

    @Test
    void theOutcomesOfIgnoredRecordsCanBeSwitchedOff() {
        groupSync.with("events.mapping", "mappings/debezium.jq").with("events.ignored-outcomes", "false");
        groupSync.receives("{\"id\":1}", DELETE);
        groupSync.receives("{\"id\":1}", RENAME);

        groupSync.start();

        groupSync.allAreApplied(1);
        assertThat(groupSync.metric("events_total", "status=ignored")).isEqualTo(1);
    }

    @Test
    void aRecordThatItCannotMapIsADeadLetterAsItCame() {
        groupSync.with("events.mapping", "mappings/debezium.jq");
        groupSync.receives("{\"id\":1}", WRONG);
        groupSync.receives("{\"id\":1}", "[]");
        groupSync.receives("{\"id\":1}", RENAME);

        groupSync.start();

        var letters = topics.deadLetters(2);
        assertThat(letters)
                .extracting(letter -> Topics.header(letter, "dead-letter-message"))
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .isEqualTo("/name: 5 is not of type string; events.mapping made"
                                        + " {\"groupId\":\"g\",\"name\":5}"),
                        message -> assertThat(message).startsWith("events.mapping fails: "));
        assertThat(letters)
                .extracting(letter -> new String(letter.value(), UTF_8))
                .contains(WRONG, "[]");
        assertThat(topics.outcomes(3, "status")).containsExactlyInAnyOrder("REJECTED", "REJECTED", "APPLIED");
    }

    @Test
    void aWrongFilterStopsTheStart(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("m.jq"), "{groupId: .id");
        groupSync.with("events.mapping", file.toString());

        assertThatThrownBy(groupSync::start)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(
                        "events.mapping: " + file + " holds no jq filter: Encountered \"<EOF>\" at line 1, column 13.");
    }
}
