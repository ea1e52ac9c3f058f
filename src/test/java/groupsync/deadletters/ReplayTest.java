package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import groupsync.Topics;
import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.replay.Replayer;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Filter;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ProgressListener;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.deadletters.topic.ToolException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        var letter = deadLetters.letter("hr-1", "g1", "malformed-json", 1, 17).withValue(NO_TEXT);
        for (var header : sent) {
            letter.withHeader(header.key(), header.value());
        }
        letter.with("replays", "1").send();

        var replay = deadLetters.run("replay", "--yes");

        assertThat(replay.status()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out()).contains("1 sent.");
        var update = deadLetters.updates().get(0);
        assertThat(update.key()).isEqualTo("g1".getBytes(UTF_8));
        assertThat(update.value()).isEqualTo(NO_TEXT);
        assertThat(List.of(update.headers().toArray())).startsWith(sent).hasSize(sent.length + 1);
        assertThat(Topics.header(update, "dead-letter-replays")).isEqualTo("2");
    }

    /** Whatever their names: what the letter says begins at its last dead-letter-reason. */
    @Test
    void putsTheHeadersBackThatTheEventCameWithAndNoneOfTheLetter() {
        var letter = deadLetters
                .letter("hr-1", "g1", "name-taken")
                .withHeaderOfEvent("dead-letter-reason", "missing-name")
                .withHeaderOfEvent("dead-letter-value-omitted", "1")
                .withHeaderOfEvent("trace", "1")
                .withHeaderOfEvent("dead-letter-replays", "1");
        letter.with("replays", "1")
                .withHeader("traceparent", "added as it was sent".getBytes(UTF_8))
                .send();

        var replay = deadLetters.run("replay", "--yes");

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

    /** Where the group's other updates are; another client may make another partition of the same key. */
    @Test
    void putsItBackIntoThePartitionThatItCameFrom() {
        deadLetters.letter("hr-0", "g1", "name-taken", 0, 17).send();
        deadLetters.letter("hr-1", "g1", "name-taken", 1, 17).send();
        deadLetters.letter("hr-2", "g1", "name-taken", 99, 17).send();

        deadLetters.run("replay", "--yes");

        assertThat(deadLetters.updates())
                .filteredOn(update -> !DeadLetterFixture.eventId(update).equals("hr-2"))
                .allSatisfy(
                        update -> assertThat(DeadLetterFixture.eventId(update)).isEqualTo("hr-" + update.partition()));
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-0", "hr-1", "hr-2");
    }

    @Test
    void saysWhatItWouldSendAndStopsThere() {
        deadLetters.letter("hr-1", "g1", "name-taken").send();
        deadLetters.letter("hr-2", "g2", "name-taken").send();
        deadLetters.letter("hr-3", "g3", "group-not-found").send();
        deadLetters.letter("hr-4", "g4", "group-not-found").with("replays", "3").send();

        var replay = deadLetters.run("replay", "--dry-run");

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
    @ValueSource(strings = {"", "\n", "n\n", "no\n", "yess\n"})
    void sendsNothingUnlessToldTo(String answer) {
        deadLetters.letter("hr-1", "g1", "name-taken").send();

        var replay = deadLetters.runAnswering(answer, "replay");

        assertThat(replay.status()).isEqualTo(1);
        assertThat(replay.err()).contains("Send 1 to ").contains("[y/N]").contains("Nothing was sent.");
        assertThat(deadLetters.updates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\n", "Y\n", " yes \n"})
    void sendsWhenToldTo(String answer) {
        deadLetters.letter("hr-1", "g1", "name-taken").send();

        var replay = deadLetters.runAnswering(answer, "replay");

        assertThat(replay.status()).isZero();
        assertThat(deadLetters.replayedEvents()).containsExactly("hr-1");
    }

    @Test
    void sendsNoLetterTwice() {
        deadLetters.letter("hr-1", "g1", "name-taken").send();
        deadLetters.letter("hr-2", "g2", "name-taken").send();

        deadLetters.run("replay", "--yes");
        var again = deadLetters.run("replay", "--yes");

        assertThat(again.status()).isZero();
        assertThat(again.out()).containsPattern("To send +0").containsPattern("replayed +2");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }

    @Test
    void canReplayLaterWhatAFilterLeftOut() {
        deadLetters.letter("hr-1", "g1", "name-taken").send();
        deadLetters.letter("hr-2", "g2", "group-not-found").send();
        deadLetters.letter("hr-3", "g3", "name-taken").send();
        deadLetters.letter("hr-4", "g4", "missing-name").send();

        deadLetters.run("replay", "--yes", "--event", "hr-3");
        var byFilter = deadLetters.replayedEvents();
        deadLetters.run("replay", "--yes", "--reason", "name-taken,missing-name");
        var byAnother = deadLetters.replayedEvents();
        deadLetters.run("replay", "--yes");

        assertThat(byFilter).containsExactly("hr-3");
        assertThat(byAnother).containsExactlyInAnyOrder("hr-3", "hr-1", "hr-4");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2", "hr-3", "hr-4");
    }

    @Test
    void leavesTheLettersWhereTheyAre() {
        deadLetters.letter("hr-1", "g1", "name-taken").send();

        deadLetters.run("replay", "--yes");

        assertThat(deadLetters.topics().deadLetters(1)).hasSize(1);
        assertThat(deadLetters.run("list", "--output", "json").values("eventId"))
                .containsExactly("hr-1");
    }

    @Test
    void leavesAloneWhatWasReplayedTooOften() {
        deadLetters.letter("hr-1", "g1", "name-taken").with("replays", "3").send();
        deadLetters.letter("hr-2", "g2", "name-taken").with("replays", "2").send();

        deadLetters.run("replay", "--yes");
        var usual = deadLetters.replayedEvents();
        deadLetters.run("replay", "--yes", "--max-replays", "4");

        assertThat(usual).containsExactly("hr-2");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }

    @Test
    void leavesAloneWhatALaterUpdateOfItsGroupOvertook() {
        deadLetters.letter("overtaken", "g1", "name-taken", 0, 10).send();
        deadLetters.outcome("later", "g1", "APPLIED", 0, 11);
        deadLetters.letter("last", "g2", "name-taken", 0, 10).send();
        deadLetters.outcome("earlier", "g2", "APPLIED", 0, 9);
        deadLetters.letter("elsewhere", "g3", "name-taken", 0, 10).send();
        deadLetters.outcome("other partition", "g3", "APPLIED", 1, 11);
        deadLetters.letter("refused too", "g4", "name-taken", 0, 10).send();
        deadLetters.outcome("refused", "g4", "REJECTED", 0, 11);

        var replay = deadLetters.run("replay", "--yes");

        assertThat(replay.out()).containsPattern("stale +1");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("last", "elsewhere", "refused too");
    }

    @Test
    void sendsWhatIsStaleWhenToldTo() {
        deadLetters.letter("overtaken", "g1", "name-taken", 0, 10).send();
        deadLetters.outcome("later", "g1", "APPLIED", 0, 11);

        deadLetters.run("replay", "--yes", "--include-stale");

        assertThat(deadLetters.replayedEvents()).containsExactly("overtaken");
    }

    /** Its outcome is of a later offset; but it is no later update. */
    @Test
    void aLetterIsNotOvertakenByAnEarlierOneThatWasReplayed() {
        deadLetters.letter("first", "g1", "name-taken", 0, 10).send();
        deadLetters.letter("second", "g1", "name-taken", 0, 20).send();
        deadLetters.fillUpdates(0, 30);

        deadLetters.run("replay", "--yes", "--event", "first");
        var replayed = deadLetters.updateOf("first");
        deadLetters.outcome("first", "g1", "APPLIED", replayed.partition(), replayed.offset());
        deadLetters.run("replay", "--yes", "--event", "second");

        assertThat(replayed.offset()).isGreaterThan(20);
        assertThat(deadLetters.updateOf("second").offset()).isGreaterThan(replayed.offset());
    }

    /** Refused again, it is a letter from a late offset; the update that overtook it is still a later one. */
    @Test
    void aLetterIsAsOldAsTheEventThatItHoldsHoweverOftenReplayed() {
        deadLetters.letter("old", "g1", "name-taken", 0, 10).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.run("replay", "--yes");
        var again = deadLetters.updateOf("old");
        deadLetters
                .letter("old", "g1", "name-taken", again.partition(), again.offset())
                .with("replays", "1")
                .send();
        deadLetters.outcome("later", "g1", "APPLIED", 0, 20);

        var replay = deadLetters.run("replay", "--yes");

        assertThat(again.offset()).isGreaterThan(20);
        assertThat(replay.out()).containsPattern("stale +1").containsPattern("To send +0");
    }

    /** Replayed and refused again, an early event has a late letter. */
    @Test
    void sendsTheUpdatesOfAGroupInTheOrderOfTheirEventsAndNotOfTheirLetters() {
        deadLetters.letter("old", "g1", "name-taken", 0, 10).send();
        deadLetters.letter("other", "g2", "name-taken", 0, 11).send();
        deadLetters.letter("new", "g1", "name-taken", 0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.run("replay", "--yes", "--event", "old");
        deadLetters.refusedAgain("old", "g1");

        var replay = deadLetters.run("replay", "--yes");

        assertThat(replay.out()).contains("3 sent.");
        assertThat(deadLetters.replayedEvents())
                .filteredOn(event -> List.of("old", "new").contains(event))
                .containsExactly("old", "old", "new");
    }

    /** Its group has no id, since the service found no group of that name. */
    @Test
    void keepsTheOrderOfAKeyWhereNoGroupIsKnown() {
        deadLetters.letter("old", null, "group-not-found", 0, 10).send();
        deadLetters.letter("new", null, "group-not-found", 0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.run("replay", "--yes", "--event", "old");
        deadLetters.refusedAgain("old", null);

        deadLetters.run("replay", "--yes");

        assertThat(deadLetters.replayedEvents())
                .filteredOn(event -> !event.isEmpty())
                .containsExactly("old", "old", "new");
    }

    @Test
    void leavesAloneWhatALaterUpdateThatWasSentAgainIsAboutToOvertake() {
        deadLetters.letter("old", "g1", "name-taken", 0, 10).send();
        deadLetters.letter("new", "g1", "name-taken", 0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.run("replay", "--yes", "--event", "new");

        var whileItWaits = deadLetters.run("replay", "--yes");
        deadLetters.refusedAgain("new", "g1");
        var afterItWasRefused = deadLetters.run("replay", "--yes");

        assertThat(whileItWaits.out()).containsPattern("To send +0").containsPattern("stale +1");
        assertThat(afterItWasRefused.out()).contains("2 sent.");
        assertThat(deadLetters.replayedEvents())
                .filteredOn(event -> !event.isEmpty())
                .containsExactly("new", "old", "new");
    }

    /** A compacted dead-letter topic takes no letter without a key, so that one has the place of its event instead. */
    @Test
    void sendsAnEventThatHadNoKeyWithoutOne() {
        deadLetters
                .letter("no key", "g1", "name-taken")
                .withKey("updates-0-10")
                .with("key-replaced", "none")
                .send();
        deadLetters.letter("its own key", "g2", "name-taken").withKey("g2").send();

        deadLetters.run("replay", "--yes");

        assertThat(deadLetters.updates())
                .extracting(update -> update.key() == null ? "none" : new String(update.key(), UTF_8))
                .containsExactlyInAnyOrder("none", "g2");
    }

    @Test
    void holdsBackWhatItCannotSendAsItCame() {
        deadLetters
                .letter("too large", "g1", "name-taken")
                .withValue(null)
                .with("value-omitted", "2000000")
                .send();
        deadLetters.letter("tombstone", "g2", "malformed-json").withValue(null).send();
        deadLetters.stranger(List.of());

        var replay = deadLetters.run("replay", "--yes");

        assertThat(replay.out()).containsPattern("value-omitted +1").containsPattern("no-letter +1");
        assertThat(deadLetters.updates()).singleElement().satisfies(update -> {
            assertThat(update.key()).isEqualTo("g2".getBytes(UTF_8));
            assertThat(update.value()).isNull();
        });
    }

    @Test
    void goesOnBehindALetterThatIsTooLargeForTheUpdates() {
        deadLetters.limitUpdates(2_000);
        deadLetters
                .letter("hr-1", "g1", "name-taken")
                .withValue(new byte[2_500])
                .send();
        deadLetters.letter("hr-2", "g1", "name-taken").send();

        var replay = deadLetters.run("replay", "--yes");
        var again = deadLetters.run("replay", "--yes", "--output", "json");

        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.out()).contains("1 sent.");
        assertThat(replay.err().strip())
                .isEqualTo("0@0 is too large for the topic " + deadLetters.topics().updates
                        + ", and held back: raise its max.message.bytes");
        assertThat(again.json().get(1).toString())
                .isEqualTo("{\"done\":{\"send\":{},\"heldBack\":{\"replayed\":1,\"too-large\":1}}}");
        assertThat(deadLetters.replayedEvents())
                .filteredOn(event -> !event.isEmpty())
                .containsExactly("hr-2");
    }

    @Test
    void keepsToTheRateAndShowsHowFarItIs() {
        for (var i = 0; i < 10; i++) {
            deadLetters.letter("hr-" + i, "g" + i, "name-taken").send();
        }
        deadLetters.on(new Terminal(80, false, true, true));
        var begun = System.nanoTime();

        var replay = deadLetters.run("replay", "--yes", "--rate", "5");

        assertThat(System.nanoTime() - begun).isGreaterThan(1_800_000_000L);
        assertThat(replay.err()).containsPattern("Replaying \\[█+ +] \\d of 10").endsWith("\r\u001b[2K");
        assertThat(deadLetters.replayedEvents()).hasSize(10);
    }

    @Test
    void tellsScriptsWhatItPlansAndWhereEachLetterWent() {
        deadLetters.letter("hr-1", "g1", "name-taken", 1, 17).send();
        deadLetters
                .letter("hr-2", "g1", "name-taken", 1, 18)
                .with("replays", "3")
                .send();

        var replay = deadLetters.run("replay", "--yes", "--output", "json");

        var lines = replay.json();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).hasToString("{\"plan\":{\"send\":{\"name-taken\":1},\"heldBack\":{\"too-often\":1}}}");
        assertThat(lines.get(1).at("/letter/offset").asInt()).isZero();
        assertThat(lines.get(1).at("/update/partition").asInt()).isOne();
        assertThat(lines.get(1).at("/eventId").asText()).isEqualTo("hr-1");
        assertThat(lines.get(2)).hasToString("{\"done\":{\"send\":{\"name-taken\":1},\"heldBack\":{\"too-often\":1}}}");
    }

    @Test
    void aReplayEndsWhenAnotherBegins() {
        deadLetters.letter("hr-1", "g1", "name-taken").send();
        deadLetters.letter("hr-2", "g2", "name-taken").send();
        var cluster = deadLetters.cluster();
        try (var letters = new Letters(cluster, new Filter());
                var notes = new ReplayTopic(cluster)) {
            notes.create();
            try (var first = new Replayer(cluster, notes, Clock.systemUTC())) {
                var all = new ArrayList<DeadLetter>();
                letters.forEach(ProgressListener.NONE, all::add);
                first.replay(all.get(0));

                deadLetters.run("replay", "--yes");

                assertThat(catchThrowable(() -> first.replay(all.get(1))))
                        .satisfies(failure -> assertThat(ToolException.of(failure, cluster))
                                .hasMessage("another replay of these letters has begun, which ended this one"));
            }
        }
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "fast"})
    void refusesARateThatIsNone(String rate) {
        assertThat(deadLetters.run("replay", "--rate", rate).status()).isEqualTo(2);
    }
}
