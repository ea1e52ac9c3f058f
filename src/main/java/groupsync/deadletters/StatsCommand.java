package groupsync.deadletters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.tool.Json;
import groupsync.tool.Program;
import groupsync.tool.TerminalText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Counts letters by reason, and by the day on which the event was refused. */
@Command(name = "stats", description = "Counts dead letters by reason and by day (UTC).")
final class StatsCommand extends LettersCommand {

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        var byReason = new TreeMap<String, Long>();
        var byDay = new TreeMap<LocalDate, Long>();
        letters.forEach(progress("Counting"), letter -> {
            byReason.merge(letter.reason().orElse("-"), 1L, Long::sum);
            byDay.merge(LocalDate.ofInstant(letter.refusedAt(), ZoneOffset.UTC), 1L, Long::sum);
        });
        print(
                "reason",
                byReason.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .toList());
        if (!isJson()) {
            out().println();
        }
        print("day", List.copyOf(byDay.entrySet()));
        return Program.DONE;
    }

    private void print(String by, List<? extends Map.Entry<?, Long>> counts) {
        if (isJson()) {
            counts.forEach(count -> out().println(Json.write(JsonNodeFactory.instance
                    .objectNode()
                    .put(by, count.getKey().toString())
                    .put("letters", count.getValue()))));
        } else {
            var total = counts.stream().mapToLong(Map.Entry::getValue).sum();
            out().println(tool().terminal().bold(TerminalText.count("by " + by, total)));
            counts.forEach(
                    count -> out().println(TerminalText.count(count.getKey().toString(), count.getValue())));
        }
    }
}
