package groupsync.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published. Its headers may have any name, and one name several times in a given order, which the headers
 * of an exchange cannot.
 *
 * @param value {@code null} in a tombstone
 * @param other makes the form to publish if the topic refuses this one, which is too large or has no key
 */
@SuppressWarnings("ArrayRecordComponent") // records are compared by identity only
public record OutgoingRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable Supplier<OutgoingRecord> other) {

    /** In bytes: 256 characters of UTF-8, the longest group id. */
    private static final int LONGEST_KEY = 1_024;

    /** The form to publish if the topic refuses this one; {@code null} if there is none. Made now, since it is rarely needed. */
    @Nullable
    OutgoingRecord orElse() {
        return other == null ? null : other.get();
    }

    /** Whether every topic accepts this key, a compacted topic included. */
    static boolean isKey(byte @Nullable [] key) {
        return key != null && key.length <= LONGEST_KEY;
    }

    /** The key of a record without a usable one: the position of its source record. */
    static byte[] keyOf(String position) {
        return position.getBytes(StandardCharsets.UTF_8);
    }

    /** A header whose value is text in UTF-8; Kafka leaves the encoding to its users. */
    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the value as it is, and the headers beside it. */
    public static final class Serializer implements org.apache.kafka.common.serialization.Serializer<OutgoingRecord> {

        @Override
        public byte @Nullable [] serialize(String topic, OutgoingRecord outgoing) {
            throw new UnsupportedOperationException("a record has headers");
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, OutgoingRecord outgoing) {
            outgoing.headers().forEach(headers::add);
            return outgoing.value();
        }
    }
}
