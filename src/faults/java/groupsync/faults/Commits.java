package groupsync.faults;

import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The committed events, by the offset or by the note in its metadata, with the time when each was first seen. */
final class Commits {

    private static final String NOTE = "done:";

    private final Map<Place, Long> firstSeen = new ConcurrentHashMap<>();
    private final Map<Integer, Long> offsets = new ConcurrentHashMap<>();

    /** The events of a commit that were not seen before. */
    List<Place> of(Map<TopicPartition, OffsetAndMetadata> committed) {
        var done = new ArrayList<Place>();
        committed.forEach((partition, commit) -> {
            if (commit == null) {
                return;
            }
            var from = offsets.getOrDefault(partition.partition(), 0L);
            for (var offset = from; offset < commit.offset(); offset++) {
                done.add(new Place(partition.partition(), offset));
            }
            noted(commit).stream().forEach(bit -> done.add(new Place(partition.partition(), commit.offset() + bit)));
        });
        return done;
    }

    private static BitSet noted(OffsetAndMetadata commit) {
        var note = NOTE + commit.offset() + ":";
        // Other notes may follow, such as the loans of the partition's slots.
        return Stream.of(commit.metadata().split(" "))
                .filter(one -> one.startsWith(note))
                .map(one -> BitSet.valueOf(Base64.getDecoder().decode(one.substring(note.length()))))
                .findFirst()
                .orElseGet(BitSet::new);
    }

    /** Returns whether the place is new. */
    boolean add(Place place, long seen) {
        return firstSeen.putIfAbsent(place, seen) == null;
    }

    void sampled(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, commit) -> {
            if (commit != null) {
                offsets.merge(partition.partition(), commit.offset(), Math::max);
            }
        });
    }

    /** The time when the event was first seen as committed, in nanoseconds of {@link System#nanoTime()}. */
    @Nullable
    Long firstSeen(Place place) {
        return firstSeen.get(place);
    }

    /** The number of events below the committed offsets. */
    long total() {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
