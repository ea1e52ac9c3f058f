package groupsync.deadletters.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What became of the event of a letter: its outcomes, also those of its replays, and the replays. */
public final class History {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    private final DeadLetter letter;
    private final Set<RecordPosition> places = new HashSet<>();
    private final List<Replay> replays = new ArrayList<>();
    /** By the place of the update: an outcome that is told twice is still one. */
    private final Map<RecordPosition, JsonNode> outcomes = new LinkedHashMap<>();

    public History(DeadLetter letter) {
        this.letter = letter;
        letter.source().ifPresent(places::add);
    }

    public void add(Replay replay) {
        if (replay.letter().equals(letter.place()) || isOfEvent(replay.eventId())) {
            replays.add(replay);
            places.add(replay.update());
        }
    }

    public void add(ConsumerRecord<byte[], byte[]> outcome) {
        if (outcome.value() == null) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(outcome.value());
            RecordPosition.of(json.path("source"))
                    .filter(source -> places.contains(source)
                            || isOfEvent(json.path("eventId").textValue()))
                    .ifPresent(source -> outcomes.put(source, json));
        } catch (IOException e) {
            // No outcome of ours.
        }
    }

    private boolean isOfEvent(@Nullable String eventId) {
        return eventId != null && letter.eventId().filter(eventId::equals).isPresent();
    }

    public List<Replay> replays() {
        return replays;
    }

    /** The oldest first. */
    public List<JsonNode> outcomes() {
        return outcomes.values().stream()
                .sorted(Comparator.comparing(
                        (JsonNode outcome) -> outcome.path("completedAt").asText()))
                .toList();
    }
}
