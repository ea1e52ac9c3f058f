package groupsync.queue;

import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition is done.
 *
 * <p>The committed offset is that of the first event that is not done. Which events above it are done already is
 * noted in the commit's metadata ({@code done:<committed offset>:<bits in Base64>}), so that the partition's next owner
 * does not repeat them.
 */
final class OffsetTracker {

    /** Brokers keep 4,096 bytes of metadata (offset.metadata.max.bytes): in Base64, one bit for each of these. */
    static final int LONGEST_SPAN = 24_000;

    /** A poll, or a gap in the offsets, may reach further, but a commit with more than this is refused as a whole. */
    private static final int LONGEST_NOTE = 24_400;

    private static final String NOTE = "done:";
    private static final String SEPARATOR = ":";
    private static final long NONE = -1;

    private final TreeSet<Long> open = new TreeSet<>();
    /** Bit {@code n} says that the event at {@code base + n} is done. */
    private BitSet done = new BitSet();

    private long base = NONE;
    private long next = NONE;
    private boolean revoked;

    /** @param committed where an earlier owner came to, if it came anywhere */
    OffsetTracker(@Nullable OffsetAndMetadata committed) {
        if (committed != null) {
            base = committed.offset();
            next = committed.offset();
            done = noted(committed);
        }
    }

    /**
     * A program that copies commits to another cluster may change the offset and keep the note, which is then about
     * other events: a note names its offset, and is believed at that offset only. A note without an offset is one of
     * an earlier version; the first commit replaces it.
     */
    private static BitSet noted(OffsetAndMetadata committed) {
        var own = NOTE + committed.offset() + SEPARATOR;
        var metadata = committed.metadata();
        if (!metadata.startsWith(NOTE)) {
            return new BitSet();
        }
        var bits = metadata.substring(metadata.startsWith(own) ? own.length() : NOTE.length());
        try {
            // A note about another offset is no Base64, for its separator.
            return BitSet.valueOf(Base64.getDecoder().decode(bits));
        } catch (IllegalArgumentException e) {
            // Or another program's metadata, which happens to begin like ours.
            return new BitSet();
        }
    }

    /**
     * An event was read.
     *
     * @return whether it is still to be done
     */
    boolean read(long offset) {
        if (base == NONE || offset < base || (open.isEmpty() && offset - base >= done.length())) {
            // The first commit of all, or offsets that were set back: what was noted is not about these events. Or
            // all before it is done or gone, be it ever so much.
            base = offset;
            done = new BitSet();
            open.clear();
        }
        next = offset + 1;
        return !done.get(index(offset)) && open.add(offset);
    }

    /** All before this offset was read, and what of it was no record needs no doing. */
    void advanceTo(long offset) {
        if (base == NONE) {
            base = offset;
        }
        next = Math.max(next, offset);
    }

    /** The first that was not yet read; negative if nothing ever was. */
    long next() {
        return next;
    }

    /**
     * How many events reading leaves out that goes on at this offset: those that neither were read nor are noted as
     * done by an earlier owner. None if nothing was ever read.
     */
    long leftOut(long offset) {
        if (next == NONE || offset <= next) {
            return 0;
        }
        var from = (int) Math.min(next - base, done.length());
        var to = (int) Math.min(offset - base, done.length());
        return offset - next - done.get(from, to).cardinality();
    }

    void done(long offset) {
        if (open.remove(offset)) {
            done.set(index(offset));
        }
    }

    /** What can be committed; empty before anything was read. */
    Optional<OffsetAndMetadata> committable() {
        if (base == NONE) {
            return Optional.empty();
        }
        var first = open.isEmpty() ? next : open.first();
        if (first > base) {
            done = done.get(index(first), Math.max(done.length(), index(first)));
            base = first;
        }
        var noted = done.get(0, Math.min(done.length(), LONGEST_NOTE)).toByteArray();
        var note = noted.length == 0
                ? ""
                : NOTE + base + SEPARATOR + Base64.getEncoder().encodeToString(noted);
        return Optional.of(new OffsetAndMetadata(base, note));
    }

    /** Whether reading on would make more to note than a commit can hold. */
    boolean isFull() {
        return !open.isEmpty() && next - open.first() >= LONGEST_SPAN;
    }

    /** The partition goes to another instance: nothing of it is begun any more. */
    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    private int index(long offset) {
        return Math.toIntExact(offset - base);
    }
}
