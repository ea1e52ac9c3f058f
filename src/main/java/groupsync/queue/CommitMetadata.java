package groupsync.queue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a commit: up to two notes for the next owner of the partition, with a blank between them.
 *
 * <ul>
 *   <li>{@code done:<committed offset>:<bits in Base64>}: the events above the committed offset that are done, so that they
 *       are not repeated;
 *   <li>{@code used:<day>:<number>}: the requests of that UTC day that are charged to the partition.
 * </ul>
 */
final class CommitMetadata {

    /**
     * A broker refuses metadata of more than 4,096 bytes (offset.metadata.max.bytes). In Base64 they hold this many bits,
     * beside the longest offset and the longest other note.
     */
    private static final int MOST_BITS = 24_240;

    private static final String DONE = "done:";
    private static final String USED = "used:";
    private static final String SEPARATOR = ":";
    private static final String BETWEEN_NOTES = " ";

    private CommitMetadata() {}

    /** @param done bit {@code n} stands for the event at {@code offset + n} */
    static OffsetAndMetadata commit(long offset, BitSet done, @Nullable RequestsOfDay charged) {
        var bits = done.get(0, Math.min(done.length(), MOST_BITS)).toByteArray();
        var doneNote = bits.length == 0
                ? ""
                : DONE + offset + SEPARATOR + Base64.getEncoder().encodeToString(bits);
        var usedNote = charged == null ? "" : USED + charged.day() + SEPARATOR + charged.count();
        return new OffsetAndMetadata(offset, (doneNote + BETWEEN_NOTES + usedNote).strip());
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
