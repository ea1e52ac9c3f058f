package groupsync.deadletters.print;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.deadletters.topic.History;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcomes and the replays of an event as lines, the oldest first. */
final class HistoryLines {

    private HistoryLines() {}

    static List<String> of(History history) {
        var byTime = new TreeMap<String, String>();
        for (var outcome : history.outcomes()) {
            var at = outcome.path("completedAt").asText();
            byTime.put(at + " outcome " + outcome.path("source"), at + "  " + text(outcome));
        }
        for (var replay : history.replays()) {
            var at = replay.replayedAt();
            byTime.put(at + " replay " + replay.update(), at + "  " + text(replay));
        }
        return List.copyOf(byTime.values());
    }

    private static String text(JsonNode outcome) {
        return Stream.of(
                        outcome.path("status").asText(),
                        outcome.path("reason").asText(),
                        RecordPosition.of(outcome.path("source"))
                                .map(RecordPosition::toString)
                                .orElse(""),
                        outcome.path("message").asText())
                .collect(Collectors.joining(" "))
                .replaceAll(" +", " ")
                .strip();
    }

    private static String text(Replay replay) {
        return "replayed from " + replay.letter() + " to " + replay.update() + " of "
                + replay.update().topic();
    }
}
