package groupsync.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Of some groups, the last update that was applied; a letter from before it would set its group back. */
final class LaterUpdates {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    private final Set<String> groups;
    private final Replayed replayed;
    private final Map<Line, Long> applied = new HashMap<>();

    LaterUpdates(Set<String> groups, Replayed replayed) {
        this.groups = groups;
        this.replayed = replayed;
    }

    /** Takes note of an outcome. */
    void add(ConsumerRecord<byte[], byte[]> outcome) {
        if (outcome.value() == null) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(outcome.value());
            var group = json.path("groupId").asText();
            if (groups.contains(group) && json.path("status").asText().equals(Outcome.Status.APPLIED.name())) {
                Place.of(json.path("source"))
                        .map(replayed::origin)
                        .ifPresent(source -> applied.merge(Line.of(group, source), source.offset(), Math::max));
            }
        } catch (IOException e) {
            // No outcome of ours.
        }
    }

    /** Whether an update of the letter's group was applied that came after it. */
    boolean overtook(DeadLetter letter) {
        var group = letter.groupId();
        var source = letter.source().map(replayed::origin);
        return group.isPresent()
                && source.isPresent()
                && applied.getOrDefault(Line.of(group.get(), source.get()), -1L)
                        > source.get().offset();
    }

    /** There is an order only within a partition. */
    private record Line(String group, String topic, int partition) {
        static Line of(String group, Place update) {
            return new Line(group, update.topic(), update.partition());
        }
    }
}
