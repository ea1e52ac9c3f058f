package groupsync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {

    private static final int SPAN = OffsetTracker.LONGEST_SPAN;
    private static final LocalDate TODAY = LocalDate.parse("2026-05-30");

    @Test
    void commitsNothingBeforeAnythingWasRead() {
        assertThat(new OffsetTracker(null).committable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "done:10:Cg=="})
    void commitsAgainTheCommitOfAnEarlierOwnerBeforeAnythingWasRead(String metadata) {
        assertThat(tracker(10, metadata).committable()).contains(new OffsetAndMetadata(10, metadata));
    }

    /** The note holds bits in Base64: bit n is the finished event n offsets above the commit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 11 12 13 | 10 11    | 12    | ''",
                "10 11 12    | 12 10 11 | 13    | ''",
                "10 11 12    | 11 12    | 10    | done:10:Bg==",
                "10 11 12 13 | 11 13    | 10    | done:10:Cg==",
                // Offsets without a record.
                "10 15 100   | 10 15    | 100   | ''",
                "10 50000    | 10 50000 | 50001 | ''",
                // An event that was not read.
                "10 11       | 12       | 10    | ''"
            })
    void commitsUpToTheFirstUnfinishedEventAndNotesTheFinishedEventsAboveIt(
            String read, String finished, long offset, String note) {
        var tracker = reading(read);

        offsets(finished).forEach(tracker::done);

        assertThat(tracker.committable()).contains(new OffsetAndMetadata(offset, note));
    }

    /** The end of a transaction and aborted records take offsets, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10 11 | 14 | 10 11 | 14", "10 11 | 14 | 10 | 11", "'' | 2 | '' | 2"})
    void commitsPastOffsetsThatHoldNoEvent(String read, long position, String finished, long offset) {
        var tracker = reading(read);

        tracker.advanceTo(position);
        offsets(finished).forEach(tracker::done);

        assertThat(tracker.next()).isEqualTo(position);
        assertThat(tracker.committable()).contains(new OffsetAndMetadata(offset, ""));
        assertThat(tracker.read(position)).isTrue();
    }

    @Test
    void countsTheNoteFromTheNewCommit() {
        var tracker = reading("10 11 12 13 14");
        LongStream.of(12, 14).forEach(tracker::done);
        tracker.committable();

        LongStream.of(10, 11).forEach(tracker::done);

        // Offset 14 is one above 13.
        assertThat(tracker.committable()).contains(new OffsetAndMetadata(13, "done:13:Ag=="));
    }

    @Test
    void handsTheNoteOnFromOwnerToOwner() {
        var first = reading("10 11 12 13");
        LongStream.of(11, 13).forEach(first::done);
        var second = new OffsetTracker(first.committable().orElseThrow());
        assertThat(unfinished(second, "10 11 12 13")).containsExactly(10L, 12L);
        second.done(10);

        var third = new OffsetTracker(second.committable().orElseThrow());

        assertThat(third.committable()).contains(new OffsetAndMetadata(12, "done:12:Ag=="));
        assertThat(unfinished(third, "12 13 14")).containsExactly(12L, 14L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "done:10:Dg== | 10 11 12 13           | 10                    | 10         | 14         | ''",
                // Offsets were set back.
                "done:10:Cg== | 5 6 11 13             | 5 6 11 13             | ''         | 5          | ''",
                // An earlier version: an upgrade repeats nothing, and the first commit has a new note.
                "done:Cg==    | 10 11 12 13           | 10 12                 | ''         | 10         | done:10:Cg==",
                // A gap, however wide.
                "''           | 5000000000 5000000001 | 5000000000 5000000001 | 5000000001 | 5000000000 | done:5000000000:Ag=="
            })
    void continuesFromTheCommitOfAnEarlierOwnerAt10(
            String metadata, String read, String unfinished, String finished, long offset, String note) {
        var tracker = tracker(10, metadata);

        assertThat(unfinished(tracker, read)).isEqualTo(offsets(unfinished));
        offsets(finished).forEach(tracker::done);

        assertThat(tracker.committable()).contains(new OffsetAndMetadata(offset, note));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | 12", "10 11 | 10 11 12"})
    void readsAnEventAgainOnlyIfAllBeforeItIsFinished(String finished, String unfinished) {
        var tracker = reading("10 11");
        offsets(finished).forEach(tracker::done);
        tracker.committable();

        assertThat(unfinished(tracker, "10 11 12")).isEqualTo(offsets(unfinished));
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
    void ignoresTheMetadataOfOtherPrograms(String metadata) {
        var tracker = tracker(10, metadata);

        assertThat(unfinished(tracker, "10 11 12 13")).containsExactly(10L, 11L, 12L, 13L);
        assertThat(tracker.committable()).contains(new OffsetAndMetadata(10, ""));
    }

    /** A program that copies commits to another cluster changes the offset, and keeps the note. */
    @Test
    void ignoresANoteOfAnotherOffset() {
        var original = reading("1000 1001 1002 1004");
        LongStream.of(1001, 1002, 1004).forEach(original::done);
        var note = original.committable().orElseThrow().metadata();

        var copied = tracker(399, note);

        assertThat(unfinished(copied, "399 400 401 403")).containsExactly(399L, 400L, 401L, 403L);
        assertThat(copied.committable()).contains(new OffsetAndMetadata(399, ""));
    }

    @ParameterizedTest
    @CsvSource({"0, " + SPAN, "0, " + (SPAN + 500), "0, 1000000", (Long.MAX_VALUE - 30_000) + ", 25000"})
    void notesNoMoreThanABrokerKeeps(long first, int events) {
        var tracker = new OffsetTracker(null);
        LongStream.range(first, first + events).forEach(tracker::read);

        LongStream.range(first + 1, first + events).forEach(tracker::done);

        var commit = tracker.committable().orElseThrow();
        assertThat(commit.offset()).isEqualTo(first);
        assertThat(commit.metadata().getBytes(UTF_8)).hasSizeBetween(3_800, 4_096);
        assertThat(unfinished(new OffsetTracker(commit), first + " " + (first + 1) + " " + (first + SPAN - 1)))
                .containsExactly(first);
    }

    @Test
    void tracksFinishedEventsThatTheNoteCannotHold() {
        var tracker = reading("0 1 30000");
        LongStream.of(1, 30_000).forEach(tracker::done);
        var tooShort = tracker.committable();

        tracker.done(0);

        assertThat(tooShort).contains(new OffsetAndMetadata(0, "done:0:Ag=="));
        assertThat(tracker.committable()).contains(new OffsetAndMetadata(30_001, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "10 " + (SPAN + 8) + ", '', false",
        "10 " + (SPAN + 9) + ", '', true",
        "10 11 " + (SPAN + 9) + ", 10, false",
        "10 50000, 10 50000, false"
    })
    void isFullIfANoteCouldBecomeTooLong(String read, String finished, boolean full) {
        var tracker = reading(read);

        offsets(finished).forEach(tracker::done);

        assertThat(tracker.isFull()).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 11    | ''    | used:2026-05-30:2",
                "10 11 12 | 11 12 | done:10:Bg== used:2026-05-30:2",
                "10 11    | 10    | used:2026-05-30:2"
            })
    void notesTheRequestsOfTheDayBesideTheFinishedEvents(String read, String finished, String note) {
        var tracker = reading(read);
        offsets(finished).forEach(tracker::done);

        tracker.charge(TODAY);
        tracker.charge(TODAY);

        var commit = tracker.committable().orElseThrow();
        assertThat(commit.metadata()).isEqualTo(note);
        assertThat(new OffsetTracker(commit).charged(TODAY)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "used:2026-05-30:17               | 17 | 10 11 12",
                "done:10:Bg== used:2026-05-30:17  | 17 | 10",
                // A copied note, whose offset changed on the way.
                "done:99:Bg== used:2026-05-30:17  | 17 | 10 11 12",
                // Of another day.
                "done:10:Bg== used:2026-05-29:17  | 0  | 10",
                // As earlier versions wrote it.
                "done:10:Bg==                     | 0  | 10",
                "done:Bg==                        | 0  | 10",
                // Of other programs.
                "used:2026-05-30:                 | 0  | 10 11 12",
                "used:2026-05-32:17               | 0  | 10 11 12",
                "used:2026-05-30:9999999999       | 0  | 10 11 12",
                "unused:2026-05-30:17             | 0  | 10 11 12",
                "done:10:Bg== and more            | 0  | 10"
            })
    void readsTheRequestsOfTheDayFromTheCommitOfAnEarlierOwner(String metadata, int used, String unfinished) {
        var tracker = tracker(10, metadata);

        assertThat(tracker.charged(TODAY)).isEqualTo(used);
        assertThat(unfinished(tracker, "10 11 12")).isEqualTo(offsets(unfinished));
    }

    @Test
    void handsTheRequestsOfTheDayOnFromOwnerToOwner() {
        var first = tracker(10, "used:2026-05-30:17");
        first.charge(TODAY);

        var second = new OffsetTracker(first.committable().orElseThrow());

        assertThat(second.charged(TODAY)).isEqualTo(18);
    }

    @Test
    void countsTheRequestsOfANewDayFromTheFirst() {
        var tracker = tracker(10, "used:2026-05-30:17");
        var tomorrow = TODAY.plusDays(1);

        tracker.charge(tomorrow);

        assertThat(tracker.charged(tomorrow)).isEqualTo(1);
        assertThat(tracker.committable()).contains(new OffsetAndMetadata(10, "used:2026-05-31:1"));
    }

    @Test
    void notesRequestsAndFinishedEventsInNoMoreThanABrokerKeeps() {
        var first = Long.MAX_VALUE - 30_000;
        var tracker = tracker(first, "used:2026-05-30:99999999");
        LongStream.range(first, first + 25_000).forEach(tracker::read);
        LongStream.range(first + 1, first + 25_000).forEach(tracker::done);

        tracker.charge(TODAY);

        var commit = tracker.committable().orElseThrow();
        assertThat(commit.metadata().getBytes(UTF_8)).hasSizeBetween(4_000, 4_096);
        assertThat(commit.metadata()).endsWith(" used:2026-05-30:100000000");
        assertThat(unfinished(new OffsetTracker(commit), first + " " + (first + SPAN - 1)))
                .containsExactly(first);
    }

    private static OffsetTracker tracker(long committed, String metadata) {
        return new OffsetTracker(new OffsetAndMetadata(committed, metadata));
    }

    private static OffsetTracker reading(String offsets) {
        var tracker = new OffsetTracker(null);
        offsets(offsets).forEach(tracker::read);
        return tracker;
    }

    private static List<Long> unfinished(OffsetTracker tracker, String offsets) {
        return offsets(offsets).stream().filter(tracker::read).toList();
    }

    private static List<Long> offsets(String list) {
        return Stream.of(list.split(" "))
                .filter(offset -> !offset.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
