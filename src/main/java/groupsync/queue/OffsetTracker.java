package groupsync.queue;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which events of one partition are read, which are done, and how many requests of the day are charged to the partition.
 *
 * <p>The offset to commit is that of the first event that is not done. {@link CommitMetadata} has the done events above it,
 * and the requests.
 */
final class OffsetTracker {

    /** Reading pauses at this distance from the first event that is not done: the metadata of a commit holds little more. */
    static final int LONGEST_SPAN = 23_000;

    private static final long NONE = -1;

    private final TreeSet<Long> open = new TreeSet<>();
    /** Bit {@code n} stands for the event at {@code base + n}. */
    private BitSet done = new BitSet();

    private long base = NONE;
    private long next = NONE;
    private @Nullable RequestsOfDay charged;
    private SlotLoans loans = SlotLoans.NONE;
    private boolean revoked;

    /** @param committed the last commit of an earlier owner, if there was one */
    OffsetTracker(@Nullable OffsetAndMetadata committed) {
        if (committed != null) {
            base = committed.offset();
            next = committed.offset();
            done = CommitMetadata.done(committed);
            charged = CommitMetadata.charged(committed);
            loans = CommitMetadata.loans(committed);
        }
    }

    /** Notes that an event was read, and returns whether it is still to be done. */
    boolean read(long offset) {
        if (base == NONE || offset < base || (open.isEmpty() && offset - base >= done.length())) {
            // Start over: nothing was committed, offsets were reset, or everything before this offset is done.
            base = offset;
            done = new BitSet();
            open.clear();
        }
        next = offset + 1;
        return !done.get(index(offset)) && open.add(offset);
    }

    /** Notes that all offsets below this one were read; those without a record are done. */
    void advanceTo(long offset) {
        if (base == NONE) {
            base = offset;
        }
        next = Math.max(next, offset);
    }

    /** The first offset that was not read yet; negative if none was ever read. */
    long next() {
        return next;
    }

    /** The number of events that are neither read nor done, if reading continues at this offset. */
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

    /** What can be committed; empty before an event was read. */
    Optional<OffsetAndMetadata> committable() {
        if (base == NONE) {
            return Optional.empty();
        }
        var first = open.isEmpty() ? next : open.first();
        if (first > base) {
            done = done.get(index(first), Math.max(done.length(), index(first)));
            base = first;
        }
        return Optional.of(CommitMetadata.commit(base, done, charged, loans));
    }

    /** Whether requests can be charged, since a commit can note them: from the first known offset until the revocation. */
    boolean isChargeable() {
        return base != NONE && !revoked;
    }

    void charge(LocalDate day) {
        charged = new RequestsOfDay(day, charged(day) + 1);
    }

    /** The number of requests of that day. */
    int charged(LocalDate day) {
        return RequestsOfDay.on(day, charged);
    }

    /** To which partitions the slots of this one are lent: the next commit notes it. */
    SlotLoans loans() {
        return loans;
    }

    void lend(SlotLoans now) {
        loans = now;
    }

    /** The number of events that are read and not done. */
    int inHand() {
        return open.size();
    }

    /** Whether the metadata of a commit could not hold one more event. */
    boolean isFull() {
        return !open.isEmpty() && next - open.first() >= LONGEST_SPAN;
    }

    /** From now on no update of this partition is taken. */
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
