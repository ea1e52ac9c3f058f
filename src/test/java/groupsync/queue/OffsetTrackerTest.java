package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {

    @Test
    void commitsNothingBeforeAnythingWasRead() {
        var progress = new OffsetTracker(null);

        var commit = progress.committable();

        assertThat(commit).isEmpty();
    }

    @Test
    void commitsAgainWhatAnEarlierOwnerCommitted() {
        var committed = new OffsetAndMetadata(40, "");

        var commit = new OffsetTracker(committed).committable();

        assertThat(commit).contains(committed);
    }

    @Test
    void commitsNoFurtherThanTheFirstEventNotDone() {
        var progress = reading(10, 11, 12, 13);

        progress.done(10);
        progress.done(11);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(12, ""));
    }

    /** The end of a transaction takes an offset, and so does what it took back. */
    @Test
    void commitsPastWhatIsNoRecord() {
        var progress = reading(10, 11);

        progress.advanceTo(14);
        LongStream.of(10, 11).forEach(progress::done);

        assertThat(progress.next()).isEqualTo(14);
        assertThat(progress.committable()).contains(new OffsetAndMetadata(14, ""));
    }

    @Test
    void commitsNoFurtherThanTheFirstEventNotDoneWhateverIsNoRecordBehindIt() {
        var progress = reading(10, 11);

        progress.advanceTo(14);
        progress.done(10);

        assertThat(progress.committable().orElseThrow().offset()).isEqualTo(11);
        assertThat(progress.read(14)).isTrue();
    }

    @Test
    void commitsWhereReadingHasComeToIfThereWasNoRecordSoFar() {
        var progress = new OffsetTracker(null);

        progress.advanceTo(2);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(2, ""));
    }

    @Test
    void commitsTheWholeOfWhatIsDone() {
        var progress = reading(10, 11, 12);

        LongStream.of(12, 10, 11).forEach(progress::done);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(13, ""));
    }

    @Test
    void commitsTheFirstEventWhileItIsNotDone() {
        var progress = reading(10, 11, 12);

        progress.done(11);
        progress.done(12);

        assertThat(progress.committable().orElseThrow().offset()).isEqualTo(10);
    }

    @Test
    void commitsAcrossOffsetsThatHoldNoRecord() {
        var progress = reading(10, 15, 100);

        progress.done(10);
        progress.done(15);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(100, ""));
    }

    @Test
    void notesWhichEventsAboveTheCommitAreDone() {
        var progress = reading(10, 11, 12, 13);

        progress.done(11);
        progress.done(13);

        // Bits 1 and 3, the offsets counted from the committed one: 00001010, in Base64.
        assertThat(progress.committable()).contains(new OffsetAndMetadata(10, "done:10:Cg=="));
    }

    @Test
    void countsTheNoteFromTheNewCommit() {
        var progress = reading(10, 11, 12, 13, 14);
        progress.done(12);
        progress.done(14);
        progress.committable();

        progress.done(10);
        progress.done(11);

        // Offset 14 is one above 13.
        assertThat(progress.committable()).contains(new OffsetAndMetadata(13, "done:13:Ag=="));
    }

    @Test
    void sparesTheNextOwnerWhatIsDone() {
        var progress = reading(10, 11, 12, 13, 14, 15);
        LongStream.of(11, 13, 14).forEach(progress::done);

        var next = new OffsetTracker(progress.committable().orElseThrow());

        assertThat(toDo(next, 10, 11, 12, 13, 14, 15)).containsExactly(10L, 12L, 15L);
    }

    @Test
    void handsTheNoteOnFromOwnerToOwner() {
        var first = reading(10, 11, 12, 13);
        LongStream.of(11, 13).forEach(first::done);
        var second = new OffsetTracker(first.committable().orElseThrow());
        toDo(second, 10, 11, 12, 13);
        second.done(10);

        var third = new OffsetTracker(second.committable().orElseThrow());

        assertThat(third.committable()).contains(new OffsetAndMetadata(12, "done:12:Ag=="));
        assertThat(toDo(third, 12, 13, 14)).containsExactly(12L, 14L);
    }

    @Test
    void handsTheNoteOnAlsoIfNothingWasRead() {
        var committed = new OffsetAndMetadata(10, "done:10:Cg==");

        var commit = new OffsetTracker(committed).committable();

        assertThat(commit).contains(committed);
    }

    @Test
    void commitsPastWhatAnEarlierOwnerDid() {
        var progress = new OffsetTracker(new OffsetAndMetadata(10, "done:10:Dg=="));
        toDo(progress, 10, 11, 12, 13);

        progress.done(10);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(14, ""));
    }

    @Test
    void forgetsTheNoteWhenOffsetsWereSetBack() {
        var progress = new OffsetTracker(new OffsetAndMetadata(10, "done:10:Cg=="));

        var toDo = toDo(progress, 5, 6, 11, 13);

        assertThat(toDo).containsExactly(5L, 6L, 11L, 13L);
        assertThat(progress.committable()).contains(new OffsetAndMetadata(5, ""));
    }

    @Test
    void doesAgainWhatItDidWhenOffsetsWereSetBack() {
        var progress = reading(10, 11);
        progress.done(10);
        progress.done(11);
        progress.committable();

        var toDo = toDo(progress, 10, 11);

        assertThat(toDo).containsExactly(10L, 11L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "done:",
                "done:?",
                "done:Cg=",
                "done:10:",
                "done:10:?",
                "done::Cg==",
                "done:x:Cg==",
                "{\"lag\": 5}",
                "done",
                "DONE:Cg==",
                "\u00fc"
            })
    void survivesTheMetadataOfOtherPrograms(String metadata) {
        var progress = new OffsetTracker(new OffsetAndMetadata(10, metadata));

        var toDo = toDo(progress, 10, 11, 12, 13);

        assertThat(toDo).containsExactly(10L, 11L, 12L, 13L);
        assertThat(progress.committable()).contains(new OffsetAndMetadata(10, ""));
    }

    /** A program that copies the group's offsets to another cluster translates the offset, and copies the note as it is. */
    @Test
    void believesNoNoteAboutAnotherOffset() {
        var progress = reading(1000, 1001, 1002, 1004);
        LongStream.of(1001, 1002, 1004).forEach(progress::done);
        var note = progress.committable().orElseThrow().metadata();

        var copied = new OffsetTracker(new OffsetAndMetadata(399, note));

        assertThat(toDo(copied, 399, 400, 401, 403)).containsExactly(399L, 400L, 401L, 403L);
        assertThat(copied.committable()).contains(new OffsetAndMetadata(399, ""));
    }

    /** So that an upgrade repeats nothing; with the first commit the note is a new one. */
    @Test
    void understandsTheNoteOfAnEarlierVersion() {
        var progress = new OffsetTracker(new OffsetAndMetadata(10, "done:Cg=="));

        var toDo = toDo(progress, 10, 11, 12, 13);

        assertThat(toDo).containsExactly(10L, 12L);
        assertThat(progress.committable()).contains(new OffsetAndMetadata(10, "done:10:Cg=="));
    }

    @Test
    void notesNoMoreThanABrokerKeepsWhateverTheOffset() {
        var first = Long.MAX_VALUE - 30_000;
        var progress = reading(LongStream.range(first, first + 25_000).toArray());

        LongStream.range(first + 1, first + 25_000).forEach(progress::done);

        var commit = progress.committable().orElseThrow();
        assertThat(commit.metadata().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4_000, 4_096);
        assertThat(toDo(new OffsetTracker(commit), first, first + 1, first + OffsetTracker.LONGEST_SPAN - 1))
                .containsExactly(first);
    }

    @Test
    void doesAnEventOnceThoughItIsReadTwice() {
        var progress = reading(10, 11);

        var toDo = toDo(progress, 10, 11, 12);

        assertThat(toDo).containsExactly(12L);
    }

    @Test
    void takesNoEventForDoneThatItDidNotRead() {
        var progress = reading(10, 11);

        progress.done(12);

        assertThat(progress.committable()).contains(new OffsetAndMetadata(10, ""));
    }

    @Test
    void goesOnAfterAGapHoweverWideItIs() {
        var progress = new OffsetTracker(new OffsetAndMetadata(10, ""));

        var toDo = toDo(progress, 5_000_000_000L, 5_000_000_001L);
        progress.done(5_000_000_001L);

        assertThat(toDo).containsExactly(5_000_000_000L, 5_000_000_001L);
        assertThat(progress.committable()).contains(new OffsetAndMetadata(5_000_000_000L, "done:5000000000:Ag=="));
    }

    @Test
    void isFullWhenANoteCouldBecomeTooLong() {
        var progress = reading(10);

        var before = isFull(progress, 10 + OffsetTracker.LONGEST_SPAN - 2);
        var after = isFull(progress, 10 + OffsetTracker.LONGEST_SPAN - 1);

        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void isNoLongerFullWhenTheFirstEventIsDone() {
        var progress = reading(10, 11, 10 + OffsetTracker.LONGEST_SPAN - 1);

        progress.done(10);

        assertThat(progress.isFull()).isFalse();
    }

    @Test
    void isNeverFullWhileNothingIsOpen() {
        var progress = reading(10, 50_000);

        progress.done(10);
        progress.done(50_000);

        assertThat(progress.isFull()).isFalse();
        assertThat(progress.committable()).contains(new OffsetAndMetadata(50_001, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {OffsetTracker.LONGEST_SPAN, OffsetTracker.LONGEST_SPAN + 500, 1_000_000})
    void notesNoMoreThanABrokerKeeps(int events) {
        var progress = reading(LongStream.range(0, events).toArray());

        LongStream.range(1, events).forEach(progress::done);

        var commit = progress.committable().orElseThrow();
        assertThat(commit.offset()).isZero();
        assertThat(commit.metadata().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4_000, 4_096);
        var next = new OffsetTracker(commit);
        assertThat(toDo(next, 0, 1, OffsetTracker.LONGEST_SPAN - 1)).containsExactly(0L);
    }

    @Test
    void keepsInHandWhatANoteCouldNotHold() {
        var progress = reading(0, 1, 30_000);
        progress.done(1);
        progress.done(30_000);
        var tooShort = progress.committable().orElseThrow();

        progress.done(0);

        assertThat(tooShort).isEqualTo(new OffsetAndMetadata(0, "done:0:Ag=="));
        assertThat(progress.committable()).contains(new OffsetAndMetadata(30_001, ""));
    }

    @Test
    void isGivenUpWhenItIsToldSo() {
        var kept = reading(10);
        var givenUp = reading(10);

        givenUp.revoke();

        assertThat(kept.isRevoked()).isFalse();
        assertThat(givenUp.isRevoked()).isTrue();
    }

    private static boolean isFull(OffsetTracker progress, long read) {
        progress.read(read);
        return progress.isFull();
    }

    private static OffsetTracker reading(long... offsets) {
        var progress = new OffsetTracker(null);
        LongStream.of(offsets).forEach(progress::read);
        return progress;
    }

    /** Those of the offsets that are still to be done. */
    private static List<Long> toDo(OffsetTracker progress, long... offsets) {
        var toDo = new ArrayList<Long>();
        for (var offset : offsets) {
            if (progress.read(offset)) {
                toDo.add(offset);
            }
        }
        return toDo;
    }
}
