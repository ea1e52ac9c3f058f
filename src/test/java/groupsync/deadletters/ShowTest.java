package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShowTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    @ParameterizedTest
    @ValueSource(strings = {"0@1", "0:1", "hr-2"})
    void showsTheEventBesideItsReason(String letter) {
        deadLetters.letter("hr-1", "g1").reason("missing-name").send();
        deadLetters
                .letter("hr-2", "g2")
                .withHeader("traceparent", "00-1-2-03".getBytes(UTF_8))
                .send();

        var show = deadLetters.run("show " + letter);

        assertThat(show.status()).isZero();
        assertThat(show.err()).isEmpty();
        assertThat(show.lines())
                .containsSubsequence(
                        "Dead letter 0@1",
                        "  reason              name-taken",
                        "  message             refused hr-2",
                        "  source-offset       0",
                        "Event",
                        "  key                 g2",
                        "  traceparent         00-1-2-03",
                        "  {",
                        "    \"eventId\" : \"hr-2\",",
                        "    \"groupId\" : \"g2\",",
                        "    \"name\" : \"n\"",
                        "  }",
                        "History");
    }

    @Test
    void showsTheHistoryOfTheEvent() {
        deadLetters.letter("hr-1", "g1").from(1, 7).send();
        deadLetters.outcome("hr-1", "g1", "REJECTED", 1, 7);
        deadLetters.outcome("hr-0", "g1", "APPLIED", 1, 6);
        deadLetters.replay();
        var update = deadLetters.updateOf("hr-1");
        deadLetters.outcome("known by its position only", "g1", "APPLIED", update.partition(), update.offset());

        var show = deadLetters.run("show hr-1");

        assertThat(show.out().substring(show.out().indexOf("History")).lines())
                .containsExactlyInAnyOrder(
                        "History",
                        "  2026-11-23T12:00:07Z  REJECTED 1@7",
                        "  2026-11-23T12:00:00Z  replayed from 0@0 to 1@0 of " + deadLetters.topics().updates,
                        "  2026-11-23T12:00:00Z  APPLIED 1@0");
    }

    @Test
    void showsTheCountOfReplaysOnce() {
        deadLetters.letter("hr-1", "g1").with("replays", "1").send();

        assertThat(deadLetters.run("show hr-1").lines())
                .filteredOn(line -> line.contains("replays"))
                .containsExactly("  replays             1");
    }

    @Test
    void showsTheLastOfSeveralLettersAndSaysSo() {
        deadLetters.letter("hr-1", "g1").with("replays", "0").send();
        deadLetters.letter("hr-1", "g1").with("replays", "1").send();

        var show = deadLetters.run("show hr-1");

        assertThat(show.lines()).startsWith("Dead letter 0@1");
        assertThat(show.err().strip()).isEqualTo("The last of 2 letters; all of them: list --event hr-1");
    }

    @Test
    void showsTextOtherThanJsonAsItCameWithoutControlCharacters() {
        deadLetters
                .letter("hr-1", "g1")
                .reason("malformed-json")
                .value("{\"name\":\"\u001b[31m".getBytes(UTF_8))
                .send();

        var show = deadLetters.run("show 0@0");

        assertThat(show.lines()).contains("  {\"name\":\"\uFFFD[31m");
    }

    @Test
    void letsNoKeyControlTheTerminal() {
        deadLetters
                .letter("hr-1", "g1")
                .reason("group-not-found")
                .key("\u001b]0;PWNED\u0007\u001b[2J\n  reason  name-taken\r\u202e")
                .withHeaderOfEvent("x\u001b[31m\ny", "z\u001b[2J")
                .send();

        var show = deadLetters.run("show 0@0");

        assertThat(show.lines())
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\u202e]"))
                .contains("  key                 \uFFFD]0;PWNED\uFFFD\uFFFD[2J\uFFFD  reason  name-taken\uFFFD\uFFFD")
                .doesNotContain("  reason  name-taken");
    }

    @Test
    void writesTheWholeLetterAsJson() {
        deadLetters
                .letter("hr-1", "g1")
                .reason("malformed-json")
                .value(new byte[] {(byte) 0xff})
                .send();
        deadLetters.outcome("hr-1", "g1", "REJECTED", 0, 0);

        var show = deadLetters.run("show 0@0 --output json");

        var json = show.json().get(0);
        assertThat(json.path("reason").asText()).isEqualTo("malformed-json");
        assertThat(json.path("key").asText()).isEqualTo("g1");
        assertThat(json.path("valueBase64").asText()).isEqualTo("/w==");
        assertThat(json.at("/headers/0").toString())
                .isEqualTo("{\"name\":\"dead-letter-reason\",\"value\":\"malformed-json\"}");
        assertThat(json.at("/outcomes/0/status").asText()).isEqualTo("REJECTED");
        assertThat(json.path("replayed").isArray()).isTrue();
    }

    /** An event id may begin with @: to picocli, such an argument names a file of arguments. */
    @ParameterizedTest
    @ValueSource(strings = {"0@1", "9@0", "hr-2", "@/etc/hostname"})
    void failsIfThereIsNoSuchLetter(String letter) {
        deadLetters.letter("hr-1", "g1").send();

        var show = deadLetters.run("show " + letter);

        show.assertFailed().isEqualTo("there is no dead letter " + letter);
        assertThat(show.out()).isEmpty();
    }
}
