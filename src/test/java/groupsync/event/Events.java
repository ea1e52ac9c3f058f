package groupsync.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import groupsync.event.GroupUpdateEvent.ByName;
import groupsync.event.GroupUpdateEvent.Invalid;
import groupsync.event.GroupUpdateEvent.Valid;
import groupsync.queue.PendingUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Builds the events of tests, such as {@code Events.update("finance").at(1, 10)}, and their records. The event id is
 * {@code e-} and the offset.
 */
public final class Events {

    private static final String TOPIC = "updates";

    private Events() {}

    /** An update of this group's name to {@code n}. */
    public static Event<Valid> update(String groupId) {
        return update(groupId, "n");
    }

    public static Event<Valid> update(String groupId, String name) {
        return new Event<>(source -> new Valid(source, id(source), new GroupUpdate(groupId, Map.of("name", name))));
    }

    /** An update of the group with this name. */
    public static Event<ByName> byName(String groupName, String name) {
        return new Event<>(source -> new ByName(source, id(source), groupName, Map.of("name", name), List.of()));
    }

    /** A record without a group. */
    public static Event<Invalid> invalid(Reason reason, String message) {
        return new Event<>(source -> new Invalid(source, id(source), Optional.empty(), reason, message));
    }

    private static String id(SourceRecord source) {
        return "e-" + source.offset();
    }

    /** An event without its position. */
    public record Event<T extends GroupUpdateEvent>(Function<SourceRecord, T> factory) {

        public T at(TopicPartition partition, long offset) {
            return factory.apply(source(partition, offset));
        }

        public T at(int partition, long offset) {
            return at(new TopicPartition(TOPIC, partition), offset);
        }

        public PendingUpdate pendingAt(int partition, long offset) {
            return new PendingUpdate(at(partition, offset));
        }
    }

    /** An empty record; its timestamp is its offset. */
    public static SourceRecord source(TopicPartition partition, long offset) {
        return new SourceRecord(partition, offset, offset, null, null, new RecordHeaders());
    }

    /** The record {@code updates-3-17}, of 2026-11-23T04:45:00.123Z. */
    public static SourceRecord source(byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        return new SourceRecord(
                new TopicPartition(TOPIC, 3), 17, 1_795_409_100_123L, key, value, new RecordHeaders(List.of(headers)));
    }

    /**
     * The record {@code updates-3-17} without a key.
     *
     * @param headers names and values in turn
     */
    public static SourceRecord json(String value, String... headers) {
        return source(null, value.getBytes(UTF_8), headers(headers));
    }

    /** The same without a mapping. */
    public static MappedRecord unmapped(String value, String... headers) {
        return new MappedRecord.Unchanged(json(value, headers));
    }

    /** The record {@code updates-3-17} with nothing but headers, given as names and values in turn. */
    public static SourceRecord withHeaders(String... headers) {
        return source(null, null, headers(headers));
    }

    private static Header[] headers(String... namesAndValues) {
        var headers = new ArrayList<Header>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            headers.add(header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return headers.toArray(Header[]::new);
    }

    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
