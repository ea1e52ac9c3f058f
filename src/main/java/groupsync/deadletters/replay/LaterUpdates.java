package groupsync.deadletters.replay;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.event.Outcome;
import groupsync.tool.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Of some groups, the last update that was applied, and the replayed updates that are pending. A letter from before any
 * of them would set its group back.
 */
final class LaterUpdates {

    private static final Set<String> DECIDED =
            Set.of(Outcome.Status.APPLIED.name(), Outcome.Status.REJECTED.name(), Outcome.Status.FAILED.name());

    private final Set<String> groups;
    private final ReplayIndex index;
    private final Map<GroupPartition, Long> applied = new HashMap<>();
    private final Map<GroupPartition, TreeSet<Update>> pending = new HashMap<>();

    LaterUpdates(Set<String> groups, ReplayIndex index) {
        this.groups = groups;
        this.index = index;
    }

    /** Adds a replayed update; before its outcome. */
    void add(Replay replay) {
        if (replay.groupId() != null && groups.contains(replay.groupId())) {
            var update = update(replay.update());
            pending.computeIfAbsent(
                            GroupPartition.of(replay.groupId(), update.origin()),
                            group -> new TreeSet<>(Update.OLDEST_FIRST))
                    .add(update);
        }
    }

    void add(ConsumerRecord<byte[], byte[]> outcome) {
        Json.read(outcome.value()).ifPresent(this::add);
    }

    private void add(JsonNode outcome) {
        var status = outcome.path("status").asText();
        // A letter from before the table of ids has the old id.
        Stream.of("groupId", "requestedGroupId")
                .map(field -> outcome.path(field).asText())
                .filter(group -> groups.contains(group) && DECIDED.contains(status))
                .forEach(group -> RecordPosition.of(outcome.path("source"))
                        .ifPresent(source -> decided(group, update(source), status)));
    }

    private void decided(String groupId, Update update, String status) {
        var group = GroupPartition.of(groupId, update.origin());
        var waiting = pending.get(group);
        if (waiting != null) {
            waiting.remove(update);
        }
        if (status.equals(Outcome.Status.APPLIED.name())) {
            applied.merge(group, update.origin().offset(), Math::max);
        }
    }

    /** Whether a later update of the letter's group was applied, or is pending. */
    boolean overtook(DeadLetter letter) {
        var groupId = letter.groupId();
        var origin = letter.source().map(index::origin);
        return groupId.isPresent()
                && origin.isPresent()
                && latest(GroupPartition.of(groupId.get(), origin.get()))
                        > origin.get().offset();
    }

    private long latest(GroupPartition group) {
        var waiting = pending.get(group);
        return Math.max(
                applied.getOrDefault(group, -1L),
                waiting == null || waiting.isEmpty()
                        ? -1L
                        : waiting.last().origin().offset());
    }

    private Update update(RecordPosition position) {
        return new Update(index.origin(position), position);
    }

    /** An update, and its position before any replay. */
    private record Update(RecordPosition origin, RecordPosition position) {

        static final Comparator<Update> OLDEST_FIRST = Comparator.comparingLong(
                        (Update update) -> update.origin.offset())
                .thenComparing(update -> update.position.partition())
                .thenComparing(update -> update.position.offset());
    }
}
