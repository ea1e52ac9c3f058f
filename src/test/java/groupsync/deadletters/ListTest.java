package groupsync.deadletters;

import static groupsync.deadletters.DeadLetterFixture.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.tool.Terminal;
import groupsync.tool.TerminalText;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    @Test
    void listsTimeGroupReasonMessageAndPosition() {
        deadLetters.letter("hr-1", "SobVexyrQjqCkcxjpBWi6w").send();

        var list = deadLetters.run("list");

        assertThat(list.status()).isZero();
        assertThat(list.lines()).hasSize(2);
        assertThat(list.lines().get(0)).matches("WHEN +GROUP +REASON +MESSAGE +WHERE");
        assertThat(list.lines().get(1))
                .matches("2026-11-23 12:00:00  SobVexyrQjqCkcxjpBWi6w  name-taken +refused hr-1 +0@0");
        assertThat(list.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120, 200})
    void fitsTheTerminal(int width) {
        deadLetters.on(new Terminal(width, false, false, true));
        deadLetters
                .letter("hr-1", "g".repeat(256))
                .reason("retries-exhausted")
                .with("message", "\u7d44\u7e54 ".repeat(200))
                .send();

        var list = deadLetters.run("list");

        assertThat(list.lines())
                .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(width));
        assertThat(list.out()).contains("g…").contains("retries-exhausted").endsWith("0@0\n");
    }

    @Test
    void coloursTheTerminalAndNoPipe() {
        deadLetters.letter("hr-1", "g1").send();

        var piped = deadLetters.run("list");
        deadLetters.on(new Terminal(120, true, false, true));
        var shown = deadLetters.run("list");

        assertThat(piped.out()).doesNotContain("\u001b");
        assertThat(shown.out()).contains("\u001b[33mname-taken");
    }

    @Test
    void letsNoLetterControlTheTerminal() {
        deadLetters
                .letter("hr-1", "g\u001b]0;x\u0007")
                .reason("name-taken\u009b31m")
                .with("message", "\r\n\u202eevil @|red x|@")
                .send();

        var list = deadLetters.run("list");

        assertThat(list.lines()).hasSize(2);
        assertThat(list.lines().get(1)).doesNotContainPattern("[\\p{Cc}\u202e]").contains("evil @|red x|@");
    }

    /** Such as those of a letter that was copied back by hand, or those that a sender forged. */
    @Test
    void trustsNoHeaderOfTheEvent() {
        deadLetters
                .letter("hr-1", "g1")
                .reason("invalid-event")
                .withHeaderOfEvent("dead-letter-reason", "name-taken")
                .withHeaderOfEvent("dead-letter-http-status", "409")
                .withHeaderOfEvent("dead-letter-tracking-id", "v=2.0")
                .withHeaderOfEvent("dead-letter-value-omitted", "1")
                .send();

        var list = deadLetters.run("list --output json");

        assertThat(list.out())
                .contains("\"reason\":\"invalid-event\"")
                .doesNotContain("httpStatus")
                .doesNotContain("trackingId");
    }

    @Test
    void writesEachLetterAsALineOfJson() {
        deadLetters
                .letter("hr-1", "g1")
                .from(1, 17)
                .with("message", "Z\u00fcrich")
                .with("http-status", "400")
                .with("zoom-code", "300")
                .with("tracking-id", "v=2.0")
                .send();

        var list = deadLetters.run("list --output json");

        assertThat(list.out().strip())
                .isEqualTo("{\"partition\":0,\"offset\":0,\"refusedAt\":\"2026-11-23T12:00:00Z\","
                        + "\"reason\":\"name-taken\",\"message\":\"Z\\u00FCrich\",\"eventId\":\"hr-1\","
                        + "\"groupId\":\"g1\",\"httpStatus\":400,\"zoomCode\":300,\"trackingId\":\"v=2.0\","
                        + "\"attempts\":1,\"replays\":0,\"source\":{\"topic\":\""
                        + deadLetters.topics().updates + "\",\"partition\":1,\"offset\":17}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                   | a,b,c,d",
                "--reason name-taken                                | a,c",
                "--reason name-taken,missing-name                   | a,b,c",
                "--reason name-taken --reason missing-name          | a,b,c",
                "--group g1                                         | a,b",
                "--group g1 --group g3                              | a,b,d",
                "--group g1 --reason name-taken                     | a",
                "--event c                                          | c",
                "--event c --group g1                               | ''",
                "--since 2h                                         | c,d",
                "--since 2026-11-23                                 | b,c,d",
                "--until 2026-11-23                                 | a",
                "--since 3d --until 1h                              | a,b,c",
                "--offset 1-2                                       | b,c",
                "--offset 2-                                        | c,d",
                "--offset -1                                        | a,b",
                "--partition 0 --offset 0                           | a",
                "--partition 1                                      | ''",
                "--reason name-taken --since 1d --offset 1- --group g2 | c",
            })
    void listsTheLettersThatAllFiltersLetThrough(String filters, String events) {
        letterRefused(Duration.ofHours(30), "a", "g1", "name-taken");
        letterRefused(Duration.ofHours(3), "b", "g1", "missing-name");
        letterRefused(Duration.ofHours(2), "c", "g2", "name-taken");
        letterRefused(Duration.ZERO, "d", "g3", "invalid-event");

        var list = deadLetters.run("list --output json " + (filters == null ? "" : filters));

        assertThat(list.status()).isZero();
        assertThat(list.values("eventId")).isEqualTo(events.isEmpty() ? List.of() : List.of(events.split(",")));
    }

    private void letterRefused(Duration ago, String event, String group, String reason) {
        deadLetters
                .letter(event, group)
                .reason(reason)
                .with("failed-at", NOW.minus(ago).toString())
                .send();
    }

    @Test
    void listsAlsoRecordsOfOtherProducers() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.stranger(new RecordHeader("dead-letter-failed-at", "yesterday".getBytes(UTF_8)));

        var list = deadLetters.run("list");

        assertThat(list.status()).isZero();
        assertThat(list.lines()).hasSize(3);
        assertThat(list.lines().get(2)).matches("\\S+ \\S+  - +- +- +0@1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list --reason nonsense | name-taken",
                "list --since yesterday | 'yesterday' is not a time such as",
                "list --offset 9-3      | '9-3' is not a range",
                "list --partition x     | 'x' is not a range",
                "list --output xml      | table, json",
                "replay --rate 0        | 0 is not from 1 to 1000",
                "replay --rate 1001     | 1001 is not from 1 to 1000",
            })
    void namesTheWrongOption(String command, String problem) {
        var run = deadLetters.run(command);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem);
    }
}
