package groupsync.event;

import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of the updates topic, byte for byte as it came.
 *
 * @param timestamp of the record, in milliseconds since the epoch
 * @param value {@code null} in a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is asked of it
public record SourceRecord(
        TopicPartition partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {

    /** What a record takes besides its bytes: its objects, and those of the event that it becomes. */
    private static final long RECORD_BYTES = 512;
    /** Likewise for each header, which may be two bytes in the topic: itself, its name and the views of its bytes. */
    private static final long HEADER_BYTES = 128;

    /** Names this record among all records of the cluster, and gives its outcome the same id each time. */
    public String id() {
        return partition.topic() + "-" + partition.partition() + "-" + offset;
    }

    /** About how many bytes of memory it takes: those of key, value and headers, and of the objects that hold them. */
    public long size() {
        var bytes = RECORD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (var header : headers) {
            bytes += HEADER_BYTES + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** The last header of this name as text; headers of Kafka are bytes, ours are UTF-8. */
    public Optional<String> header(String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The trace that it is part of. */
    public Context trace() {
        return Trace.of(headers);
    }

    @Override
    public String toString() {
        return id();
    }
}
