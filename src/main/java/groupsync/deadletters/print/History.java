package groupsync.deadletters.print;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.tool.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The replays of the event of a letter, and its outcomes, those of its replays included. */
public final class History {

    private final DeadLetter letter;
    private final Set<RecordPosition> updates = new HashSet<>();
    private final List<Replay> replays = new ArrayList<>();
    /** By the position of the update: an outcome that was published twice counts once. */
    private final Map<RecordPosition, JsonNode> outcomes = new LinkedHashMap<>();

    public History(DeadLetter letter) {
        this.letter = letter;
        letter.source().ifPresent(updates::add);
    }

    /** Adds the replay if it is one of this event. */
    public void add(Replay replay) {
        if (replay.letter().equals(letter.position()) || isOfEvent(replay.eventId())) {
            replays.add(replay);
            updates.add(replay.update());
        }
    }

    /** Adds the outcome if it is one of this event; after the replays. */
    public void add(ConsumerRecord<byte[], byte[]> outcome) {
        Json.read(outcome.value())
                .ifPresent(json -> RecordPosition.of(json.path("source"))
                        .filter(update -> updates.contains(update)
                                || isOfEvent(json.path("eventId").textValue()))
                        .ifPresent(update -> outcomes.put(update, json)));
    }

    private boolean isOfEvent(@Nullable String eventId) {
        return eventId != null && letter.eventId().filter(eventId::equals).isPresent();
    }

    List<Replay> replays() {
        return replays;
    }

    /** The oldest first. */
    List<JsonNode> outcomes() {
        return outcomes.values().stream()
                .sorted(Comparator.comparing(
                        (JsonNode outcome) -> outcome.path("completedAt").asText()))
                .toList();
    }

    /** Outcomes and replays as lines, the oldest first. */
    List<String> lines() {
        var byTime = new TreeMap<String, String>();
        outcomes.forEach((update, outcome) -> {
            var at = outcome.path("completedAt").asText();
            byTime.put(at + " outcome " + outcome.path("source"), at + "  " + text(update, outcome));
        });
        for (var replay : replays) {
            byTime.put(
                    replay.replayedAt() + " replay " + replay.update(),
                    replay.replayedAt() + "  replayed from " + replay.letter() + " to " + replay.update() + " of "
                            + replay.update().topic());
        }
        return List.copyOf(byTime.values());
    }

    private static String text(RecordPosition update, JsonNode outcome) {
        return Stream.of(
                        outcome.path("status").asText(),
                        outcome.path("reason").asText(),
                        update.toString(),
                        outcome.path("message").asText())
                .collect(Collectors.joining(" "))
                .replaceAll(" +", " ")
                .strip();
    }
}
