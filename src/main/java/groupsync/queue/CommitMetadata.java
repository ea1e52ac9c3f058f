package groupsync.queue;

import java.util.Base64;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The metadata of a commit: which events above the committed offset are done, so that the next owner of the partition does
 * not repeat them. Its form is {@code done:<committed offset>:<bits in Base64>}.
 */
final class CommitMetadata {

    /** A broker refuses metadata of more than 4,096 bytes (offset.metadata.max.bytes). In Base64 they hold this many bits. */
    private static final int MOST_BITS = 24_400;

    private static final String PREFIX = "done:";
    private static final String SEPARATOR = ":";

    private CommitMetadata() {}

    /** @param done bit {@code n} stands for the event at {@code offset + n} */
    static OffsetAndMetadata commit(long offset, BitSet done) {
        var bits = done.get(0, Math.min(done.length(), MOST_BITS)).toByteArray();
        var metadata = bits.length == 0
                ? ""
                : PREFIX + offset + SEPARATOR + Base64.getEncoder().encodeToString(bits);
        return new OffsetAndMetadata(offset, metadata);
    }

    /**
     * Reads the metadata of a commit. Metadata with another offset is left out: a program that copies commits to another
     * cluster may change the offset and keep the metadata. An earlier version wrote no offset.
     */
    static BitSet done(OffsetAndMetadata committed) {
        var metadata = committed.metadata();
        if (!metadata.startsWith(PREFIX)) {
            return new BitSet();
        }
        var own = PREFIX + committed.offset() + SEPARATOR;
        var bits = metadata.substring(metadata.startsWith(own) ? own.length() : PREFIX.length());
        try {
            // With another offset it is no Base64, because of the separator.
            return BitSet.valueOf(Base64.getDecoder().decode(bits));
        } catch (IllegalArgumentException e) {
            // Or another program's metadata begins like ours.
            return new BitSet();
        }
    }
}
