package groupsync.event;

import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the updates topic, with its original bytes.
 *
 * @param timestamp of the record, in milliseconds since the epoch
 * @param value {@code null} in a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // records are compared by identity only
public record SourceRecord(
        TopicPartition partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {

    /** The memory of a record besides its bytes: its objects, and those of its event. */
    private static final long RECORD_BYTES = 512;
    /** The memory of a header besides its bytes, of which there may be two: its objects, its name, views of its bytes. */
    private static final long HEADER_BYTES = 128;

    /** The id of this record in the cluster, and of its outcome, also if that is published again. */
    public String id() {
        return partition.topic() + "-" + partition.partition() + "-" + offset;
    }

    /** The estimated memory in bytes: key, value and headers, and the objects around them. */
    public long size() {
        var bytes = RECORD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (var header : headers) {
            bytes += HEADER_BYTES + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** The last header with this name, decoded as UTF-8: headers of Kafka are bytes. */
    public Optional<String> header(String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The trace of this record. */
    public Context trace() {
        return Trace.of(headers);
    }

    @Override
    public String toString() {
        return id();
    }
}
