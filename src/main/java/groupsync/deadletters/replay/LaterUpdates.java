package groupsync.deadletters.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.deadletters.print.Line;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.event.Outcome;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Of some groups, the last update that was applied, and those that were sent again and are not yet decided; a letter
 * from before any of them would set its group back.
 */
final class LaterUpdates {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);
    private static final Set<String> DECIDED =
            Set.of(Outcome.Status.APPLIED.name(), Outcome.Status.REJECTED.name(), Outcome.Status.FAILED.name());

    private final Set<String> groups;
    private final ReplayIndex replayed;
    private final Map<Line, Long> applied = new HashMap<>();
    private final Map<Line, TreeSet<Sent>> undecided = new HashMap<>();

    LaterUpdates(Set<String> groups, ReplayIndex replayed) {
        this.groups = groups;
        this.replayed = replayed;
    }

    /** Takes note of an update that was sent again; before its outcome is. */
    void add(Replay replay) {
        if (replay.groupId() != null && groups.contains(replay.groupId())) {
            var sent = Sent.of(replay.update(), replayed);
            undecided
                    .computeIfAbsent(Line.of(replay.groupId(), sent.origin()), line -> new TreeSet<>(Sent.BY_AGE))
                    .add(sent);
        }
    }

    /** Takes note of an outcome. */
    void add(ConsumerRecord<byte[], byte[]> outcome) {
        if (outcome.value() == null) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(outcome.value());
            var group = json.path("groupId").asText();
            var status = json.path("status").asText();
            if (groups.contains(group) && DECIDED.contains(status)) {
                RecordPosition.of(json.path("source"))
                        .map(update -> Sent.of(update, replayed))
                        .ifPresent(update -> decided(group, update, status));
            }
        } catch (IOException e) {
            // No outcome of ours.
        }
    }

    private void decided(String group, Sent update, String status) {
        var line = Line.of(group, update.origin());
        var waiting = undecided.get(line);
        if (waiting != null) {
            waiting.remove(update);
        }
        if (status.equals(Outcome.Status.APPLIED.name())) {
            applied.merge(line, update.origin().offset(), Math::max);
        }
    }

    /** Whether an update of the letter's group that came after it was applied, or may be at any moment. */
    boolean overtook(DeadLetter letter) {
        var group = letter.groupId();
        var source = letter.source().map(replayed::origin);
        return group.isPresent()
                && source.isPresent()
                && latest(Line.of(group.get(), source.get())) > source.get().offset();
    }

    private long latest(Line line) {
        var waiting = undecided.get(line);
        return Math.max(
                applied.getOrDefault(line, -1L),
                waiting == null || waiting.isEmpty()
                        ? -1L
                        : waiting.last().origin().offset());
    }

    /** An update, and where it first stood. */
    private record Sent(RecordPosition origin, RecordPosition update) {

        static final Comparator<Sent> BY_AGE = Comparator.comparingLong((Sent sent) -> sent.origin.offset())
                .thenComparing(sent -> sent.update.partition())
                .thenComparing(sent -> sent.update.offset());

        static Sent of(RecordPosition update, ReplayIndex replayed) {
            return new Sent(replayed.origin(update), update);
        }
    }
}
