package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The letters that a replay holds back, and the order of the others: no letter sets its group back. */
class HeldBackTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    @Test
    void sendsNoLetterTwice() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.letter("hr-2", "g2").send();

        deadLetters.replay();
        var again = deadLetters.replay();

        assertThat(again.status()).isZero();
        assertThat(again.out()).containsPattern("To send +0").containsPattern("replayed +2");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }

    @Test
    void sendsLaterTheLettersThatAFilterLeftOut() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.letter("hr-2", "g2").reason("group-not-found").send();
        deadLetters.letter("hr-3", "g3").send();
        deadLetters.letter("hr-4", "g4").reason("missing-name").send();

        deadLetters.replay("--event hr-3");
        var byFilter = deadLetters.replayedEvents();
        deadLetters.replay("--reason name-taken,missing-name");
        var byAnother = deadLetters.replayedEvents();
        deadLetters.replay();

        assertThat(byFilter).containsExactly("hr-3");
        assertThat(byAnother).containsExactlyInAnyOrder("hr-3", "hr-1", "hr-4");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2", "hr-3", "hr-4");
    }

    @Test
    void holdsBackAnEventThatWasReplayedTooOften() {
        deadLetters.letter("hr-1", "g1").with("replays", "3").send();
        deadLetters.letter("hr-2", "g2").with("replays", "2").send();

        deadLetters.replay();
        var usual = deadLetters.replayedEvents();
        deadLetters.replay("--max-replays 4");

        assertThat(usual).containsExactly("hr-2");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("hr-1", "hr-2");
    }

    @Test
    void holdsBackALetterWithoutTheEventOrWithoutAReason() {
        deadLetters
                .letter("too large", "g1")
                .value(null)
                .with("value-omitted", "2000000")
                .send();
        deadLetters.letter("tombstone", "g2").value(null).send();
        deadLetters.stranger();

        var replay = deadLetters.replay();

        assertThat(replay.out()).containsPattern("value-omitted +1").containsPattern("no-letter +1");
        assertThat(deadLetters.updates()).singleElement().satisfies(update -> {
            assertThat(update.key()).isEqualTo("g2".getBytes(UTF_8));
            assertThat(update.value()).isNull();
        });
    }

    @Test
    void holdsBackALetterThatIsTooLargeForTheUpdatesAndSendsTheNext() {
        deadLetters.limitUpdates(2_000);
        deadLetters.letter("hr-1", "g1").value(new byte[2_500]).send();
        deadLetters.letter("hr-2", "g1").send();

        var replay = deadLetters.replay();
        var again = deadLetters.replay("--output json");

        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.out()).contains("1 sent.");
        assertThat(replay.err().strip())
                .isEqualTo("0@0 is too large for the topic " + deadLetters.topics().updates
                        + ", and held back: raise its max.message.bytes");
        assertThat(again.json().get(1).toString())
                .isEqualTo("{\"done\":{\"send\":{},\"heldBack\":{\"replayed\":1,\"too-large\":1}}}");
        assertThat(deadLetters.replayedEvents()).containsExactly("hr-2");
    }

    @Test
    void sendsALetterThatALaterUpdateOfItsGroupOvertookOnlyOnRequest() {
        deadLetters.letter("overtaken", "g1").from(0, 10).send();
        deadLetters.outcome("later", "g1", "APPLIED", 0, 11);
        deadLetters.letter("last", "g2").from(0, 10).send();
        deadLetters.outcome("earlier", "g2", "APPLIED", 0, 9);
        deadLetters.letter("elsewhere", "g3").from(0, 10).send();
        deadLetters.outcome("other partition", "g3", "APPLIED", 1, 11);
        deadLetters.letter("refused too", "g4").from(0, 10).send();
        deadLetters.outcome("refused", "g4", "REJECTED", 0, 11);

        var replay = deadLetters.replay();

        assertThat(replay.out()).containsPattern("stale +1");
        assertThat(deadLetters.replayedEvents()).containsExactlyInAnyOrder("last", "elsewhere", "refused too");

        deadLetters.replay("--include-stale");

        assertThat(deadLetters.replayedEvents()).hasSize(4).contains("overtaken");
    }

    /** The letters are from before the table of ids, and the outcomes from after. */
    @Test
    void knowsTheUpdatesOfAGroupThatHasAnotherIdSinceTheLetter() {
        deadLetters.letter("overtaken", "old").from(0, 10).send();
        deadLetters.letter("last", "old").from(0, 20).send();
        deadLetters.outcome("later", "new", "old", "APPLIED", 0, 11);
        deadLetters.fillUpdates(0, 30);

        var replay = deadLetters.replay();
        var replayed = deadLetters.updateOf("last");
        deadLetters.outcome("last", "new", "old", "REJECTED", replayed.partition(), replayed.offset());
        deadLetters.letter("next", "old").from(0, 15).send();
        deadLetters.replay();

        assertThat(replay.out()).containsPattern("stale +1");
        assertThat(deadLetters.replayedEvents()).containsExactly("last", "next");
    }

    /** The outcome of its replay has a later offset, and yet it is an earlier update. */
    @Test
    void aLetterIsNotOvertakenByTheReplayOfAnEarlierOne() {
        deadLetters.letter("first", "g1").from(0, 10).send();
        deadLetters.letter("second", "g1").from(0, 20).send();
        deadLetters.fillUpdates(0, 30);

        deadLetters.replay("--event first");
        var replayed = deadLetters.updateOf("first");
        deadLetters.outcome("first", "g1", "APPLIED", replayed.partition(), replayed.offset());
        deadLetters.replay("--event second");

        assertThat(replayed.offset()).isGreaterThan(20);
        assertThat(deadLetters.updateOf("second").offset()).isGreaterThan(replayed.offset());
    }

    /** Refused again, it is a letter from a late offset; the update that overtook it is still a later one. */
    @Test
    void aReplayMakesAnEventNoYounger() {
        deadLetters.letter("old", "g1").from(0, 10).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.replay();
        var again = deadLetters.updateOf("old");
        deadLetters.refuseAgain("old", "g1");
        deadLetters.outcome("later", "g1", "APPLIED", 0, 20);

        var replay = deadLetters.replay();

        assertThat(again.offset()).isGreaterThan(20);
        assertThat(replay.out()).containsPattern("stale +1").containsPattern("To send +0");
    }

    /** Replayed and refused again, an early event has a late letter. */
    @Test
    void sendsTheLettersOfAGroupInTheOrderOfTheirEvents() {
        deadLetters.letter("old", "g1").from(0, 10).send();
        deadLetters.letter("other", "g2").from(0, 11).send();
        deadLetters.letter("new", "g1").from(0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.replay("--event old");
        deadLetters.refuseAgain("old", "g1");

        var replay = deadLetters.replay();

        assertThat(replay.out()).contains("3 sent.");
        assertThat(deadLetters.replayedEvents())
                .filteredOn(event -> !event.equals("other"))
                .containsExactly("old", "old", "new");
    }

    /** The group has no id: the service found no group of that name. */
    @Test
    void keepsTheOrderOfAKeyIfTheGroupIsUnknown() {
        deadLetters.letter("old", null).from(0, 10).send();
        deadLetters.letter("new", null).from(0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.replay("--event old");
        deadLetters.refuseAgain("old", null);

        deadLetters.replay();

        assertThat(deadLetters.replayedEvents()).containsExactly("old", "old", "new");
    }

    @Test
    void holdsBackALetterWhileTheReplayOfALaterOneIsPending() {
        deadLetters.letter("old", "g1").from(0, 10).send();
        deadLetters.letter("new", "g1").from(0, 20).send();
        deadLetters.fillUpdates(0, 30);
        deadLetters.replay("--event new");

        var whileItIsPending = deadLetters.replay();
        deadLetters.refuseAgain("new", "g1");
        var afterItWasRefused = deadLetters.replay();

        assertThat(whileItIsPending.out()).containsPattern("To send +0").containsPattern("stale +1");
        assertThat(afterItWasRefused.out()).contains("2 sent.");
        assertThat(deadLetters.replayedEvents()).containsExactly("new", "old", "new");
    }
}
