package groupsync.queue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a commit: up to three notes for the next owner of the partition, with a blank between them.
 *
 * <ul>
 *   <li>{@code done:<committed offset>:<bits in Base64>}: the events above the committed offset that are done, so that they
 *       are not repeated;
 *   <li>{@code used:<day>:<number>}: the requests of that UTC day that are charged to the partition;
 *   <li>{@code lent:<loans>}: to which other partitions its time slots are lent ({@link SlotLoans}).
 * </ul>
 */
final class CommitMetadata {

    /**
     * A broker refuses metadata of more than 4,096 bytes (offset.metadata.max.bytes). In Base64 they hold this many bits,
     * beside the longest offset and the longest note of requests.
     */
    private static final int MOST_BITS = 24_240;
    /** As many, beside the longest note of loans too. */
    private static final int MOST_BITS_WITH_LOANS = 23_400;

    private static final String DONE = "done:";
    private static final String USED = "used:";
    private static final String LENT = "lent:";
    private static final String SEPARATOR = ":";
    private static final String BETWEEN_NOTES = " ";

    private CommitMetadata() {}

    /** @param done bit {@code n} stands for the event at {@code offset + n} */
    static OffsetAndMetadata commit(long offset, BitSet done, @Nullable RequestsOfDay charged, SlotLoans loans) {
        var mostBits = loans.equals(SlotLoans.NONE) ? MOST_BITS : MOST_BITS_WITH_LOANS;
        var bits = done.get(0, Math.min(done.length(), mostBits)).toByteArray();
        var doneNote = bits.length == 0
                ? ""
                : DONE + offset + SEPARATOR + Base64.getEncoder().encodeToString(bits);
        var usedNote = charged == null ? "" : USED + charged.day() + SEPARATOR + charged.count();
        var lentNote = loans.equals(SlotLoans.NONE) ? "" : LENT + loans.text();
        var notes = Stream.of(doneNote, usedNote, lentNote)
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(BETWEEN_NOTES));
        return new OffsetAndMetadata(offset, notes);
    }

    /**
     * Reads which events are done. A note with another offset is left out: a program that copies commits to another cluster
     * may change the offset and keep the metadata. An earlier version wrote no offset.
     */
    static BitSet done(OffsetAndMetadata committed) {
        var note = note(committed, DONE).orElse("");
        var own = committed.offset() + SEPARATOR;
        var bits = note.startsWith(own) ? note.substring(own.length()) : note;
        try {
            // With another offset it is no Base64, because of the separator.
            return BitSet.valueOf(Base64.getDecoder().decode(bits));
        } catch (IllegalArgumentException e) {
            // Or another program's metadata begins like ours.
            return new BitSet();
        }
    }

    /** Reads the requests that are charged to the partition; {@code null} if there is no such note. */
    static @Nullable RequestsOfDay charged(OffsetAndMetadata committed) {
        return note(committed, USED)
                .filter(note -> note.matches("[-\\d]+:\\d{1,9}"))
                .map(CommitMetadata::requests)
                .orElse(null);
    }

    /** Reads the loans of the partition's slots. */
    static SlotLoans loans(OffsetAndMetadata committed) {
        return note(committed, LENT).map(SlotLoans::parse).orElse(SlotLoans.NONE);
    }

    private static @Nullable RequestsOfDay requests(String note) {
        var end = note.indexOf(SEPARATOR);
        try {
            return new RequestsOfDay(
                    LocalDate.parse(note.substring(0, end)), Integer.parseInt(note.substring(end + 1)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Optional<String> note(OffsetAndMetadata committed, String kind) {
        return Stream.of(committed.metadata().split(BETWEEN_NOTES, -1))
                .filter(note -> note.startsWith(kind))
                .map(note -> note.substring(kind.length()))
                .findFirst();
    }
}
