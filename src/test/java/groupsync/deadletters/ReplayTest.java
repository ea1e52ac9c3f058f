package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import groupsync.Topics;
import groupsync.deadletters.replay.Replayer;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Filter;
import groupsync.deadletters.topic.KafkaFailure;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.tool.ProgressListener;
import groupsync.tool.Terminal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0x80, '\r', '\n'};

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    @Test
    void putsTheEventBackAsItCame() {
        var sent = new Header[] {
            new RecordHeader("trace", "1".getBytes(UTF_8)),
            new RecordHeader("bytes", NO_TEXT),
            new RecordHeader("trace", "2".getBytes(UTF_8)),
            new RecordHeader("nothing", (byte[]) null)
        };
        var letter = deadLetters.letter("hr-1", "g1").value(NO_TEXT);
        for (var header : sent) {
            letter.withHeader(header.key(), header.value());
        }
        letter.with("replays", "1").send();

        var replay = deadLetters.replay();

        assertThat(replay.status()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out()).contains("1 sent.");
        var update = deadLetters.updates().get(0);
        assertThat(update.key()).isEqualTo("g1".getBytes(UTF_8));
        assertThat(update.value()).isEqualTo(NO_TEXT);
        assertThat(List.of(update.headers().toArray())).startsWith(sent).hasSize(sent.length + 1);
        assertThat(Topics.header(update, "dead-letter-replays")).isEqualTo("2");
    }

    /** Whatever their names: the headers of the letter begin at its last dead-letter-reason. */
    @Test
    void putsTheHeadersOfTheEventBackAndNoneOfTheLetter() {
        deadLetters
                .letter("hr-1", "g1")
                .withHeaderOfEvent("dead-letter-reason", "missing-name")
                .withHeaderOfEvent("dead-letter-value-omitted", "1")
                .withHeaderOfEvent("trace", "1")
                .withHeaderOfEvent("dead-letter-replays", "1")
                .with("replays", "1")
                .withHeader("traceparent", "added as it was sent".getBytes(UTF_8))
                .send();

        var replay = deadLetters.replay();

        assertThat(replay.out()).contains("1 sent.");
        assertThat(List.of(deadLetters.updates().get(0).headers().toArray()))
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "dead-letter-reason=missing-name",
                        "dead-letter-value-omitted=1",
                        "trace=1",
                        "traceparent=added as it was sent",
                        "dead-letter-replays=2");
    }

    /** The other updates of the group are there; another client may choose another partition for the same key. */
    @Test
    void putsItBackIntoThePartitionThatItCameFrom() {
        deadLetters.letter("hr-0", "g1").from(0, 17).send();
        deadLetters.letter("hr-1", "g1").from(1, 17).send();
        deadLetters.letter("hr-2", "g1").from(99, 17).send();

        deadLetters.replay();

        assertThat(deadLetters.updateOf("hr-0").partition()).isZero();
        assertThat(deadLetters.updateOf("hr-1").partition()).isOne();
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-0", "hr-1", "hr-2");
    }

    /** A compacted dead-letter topic takes no letter without a key, so the position of the event replaces it. */
    @Test
    void sendsAnEventThatHadNoKeyWithoutOne() {
        deadLetters
                .letter("no key", "g1")
                .key("updates-0-10")
                .with("key-replaced", "none")
                .send();
        deadLetters.letter("its own key", "g2").send();

        deadLetters.replay();

        assertThat(deadLetters.updates())
                .extracting(update -> update.key() == null ? "none" : new String(update.key(), UTF_8))
                .containsExactlyInAnyOrder("none", "g2");
    }

    @Test
    void leavesTheLettersWhereTheyAre() {
        deadLetters.letter("hr-1", "g1").send();

        deadLetters.replay();

        assertThat(deadLetters.topics().deadLetters(1)).hasSize(1);
        assertThat(deadLetters.run("list --output json").values("eventId")).containsExactly("hr-1");
    }

    @Test
    void printsThePlanOfADryRunAndSendsNothing() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.letter("hr-2", "g2").send();
        deadLetters.letter("hr-3", "g3").reason("group-not-found").send();
        deadLetters.letter("hr-4", "g4").with("replays", "3").send();

        var replay = deadLetters.run("replay --dry-run");

        assertThat(replay.status()).isZero();
        assertThat(replay.lines())
                .map(line -> line.replaceAll(" +", " ").strip())
                .containsExactly(
                        "To send 3",
                        "group-not-found 1",
                        "name-taken 2",
                        "Held back 1",
                        "too-often 1 replayed and refused again, as often as --max-replays allows");
        assertThat(deadLetters.updates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',1", "'\n',1", "'n\n',1", "'no\n',1", "'yess\n',1", "'y\n',0", "'Y\n',0", "' yes \n',0"})
    void sendsOnlyAfterAYes(String answer, int status) {
        deadLetters.letter("hr-1", "g1").send();

        var replay = deadLetters.runAnswering(answer, "replay");

        assertThat(replay.status()).isEqualTo(status);
        assertThat(replay.err()).contains("Send 1 to ").contains("[y/N]");
        assertThat(replay.err().contains("Nothing was sent.")).isEqualTo(status == 1);
        assertThat(deadLetters.replayedEvents()).isEqualTo(status == 0 ? List.of("hr-1") : List.of());
    }

    @Test
    void keepsToTheRateAndShowsItsProgress() {
        for (var i = 0; i < 10; i++) {
            deadLetters.letter("hr-" + i, "g" + i).send();
        }
        deadLetters.on(new Terminal(80, false, true, true));
        var begun = System.nanoTime();

        var replay = deadLetters.replay("--rate 5");

        assertThat(System.nanoTime() - begun).isGreaterThan(1_800_000_000L);
        assertThat(replay.err()).containsPattern("Replaying \\[█+ +] \\d of 10").endsWith("\r\u001b[2K");
        assertThat(deadLetters.replayedEvents()).hasSize(10);
    }

    @Test
    void writesThePlanAndThePositionOfEachUpdateAsJson() {
        deadLetters.letter("hr-1", "g1").from(1, 17).send();
        deadLetters.letter("hr-2", "g1").from(1, 18).with("replays", "3").send();

        var lines = deadLetters.replay("--output json").json();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).hasToString("{\"plan\":{\"send\":{\"name-taken\":1},\"heldBack\":{\"too-often\":1}}}");
        assertThat(lines.get(1).at("/letter/offset").asInt()).isZero();
        assertThat(lines.get(1).at("/update/partition").asInt()).isOne();
        assertThat(lines.get(1).at("/eventId").asText()).isEqualTo("hr-1");
        assertThat(lines.get(2)).hasToString("{\"done\":{\"send\":{\"name-taken\":1},\"heldBack\":{\"too-often\":1}}}");
    }

    @Test
    void aReplayEndsWhenAnotherBegins() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.letter("hr-2", "g2").send();
        var cluster = deadLetters.cluster();
        try (var letters = new Letters(cluster, new Filter());
                var notes = new ReplayTopic(cluster)) {
            notes.create();
            try (var first = new Replayer(cluster, notes, 1_000, Clock.systemUTC())) {
                var all = new ArrayList<DeadLetter>();
                letters.forEach(ProgressListener.NONE, all::add);
                first.replay(all.get(0));

                deadLetters.replay();

                assertThat(catchThrowable(() -> first.replay(all.get(1))))
                        .satisfies(failure -> assertThat(KafkaFailure.of(failure, cluster))
                                .hasMessage("another replay of these letters has begun, which ended this one"));
            }
        }
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }
}
