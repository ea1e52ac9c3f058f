package groupsync.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published, with its headers as they are: of the same name several times, in their order, and
 * whatever their name, which headers of an exchange cannot be.
 *
 * @param value {@code null} in a tombstone
 * @param orElse what is published instead if the topic does not take this record: too large, or without a key
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is asked of it
public record OutgoingRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable OutgoingRecord orElse) {

    /** In bytes: 256 characters of UTF-8, as long as a group id can be. */
    private static final int LONGEST_KEY = 1_024;

    /** Whether every topic takes the key, also one that is compacted. */
    static boolean isKey(byte @Nullable [] key) {
        return key != null && key.length <= LONGEST_KEY;
    }

    /** The key instead of one that is none: the place of the source record. */
    static byte[] keyOf(String place) {
        return place.getBytes(StandardCharsets.UTF_8);
    }
}
