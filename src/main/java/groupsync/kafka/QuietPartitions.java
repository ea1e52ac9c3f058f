package groupsync.kafka;

import groupsync.queue.OwnedPartitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The partitions of this instance that have had nothing to do for a moment. */
final class QuietPartitions {

    /** An event that comes soon after another finds the slots of its partition still there. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final OwnedPartitions owned;
    private final Clock steady;
    private final Map<TopicPartition, Position> positions = new HashMap<>();

    /** @param since when the last event was read */
    private record Position(long offset, Instant since) {}

    /** @param steady a clock that is never set */
    QuietPartitions(OwnedPartitions owned, Clock steady) {
        this.owned = owned;
        this.steady = steady;
    }

    /** Notes how far the partitions are read; to be called often. */
    void update() {
        var now = steady.instant();
        var current = owned.positions();
        positions.keySet().retainAll(current.keySet());
        current.forEach((partition, offset) -> positions.merge(
                partition,
                new Position(offset, now),
                (before, after) -> before.offset() == after.offset() ? before : after));
    }

    /** The partitions without any event that is not done, as of the last update. */
    Set<TopicPartition> in(GroupProgress group) {
        var latest = steady.instant().minus(QUIET);
        var inHand = owned.inHand();
        return positions.entrySet().stream()
                .filter(entry -> Objects.equals(inHand.get(entry.getKey()), 0))
                .filter(entry -> entry.getValue().since().isBefore(latest))
                .filter(entry -> group.behind(
                                entry.getKey().partition(), entry.getValue().offset())
                        == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
