package groupsync.deadletters;

import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Counts letters by their reason and by the day on which the event was refused. */
@Command(name = "stats", description = "Counts dead letters by reason and by day (UTC).")
final class StatsCommand extends LettersCommand {

    StatsCommand(ToolContext tool) {
        super(tool);
    }

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        var byReason = new TreeMap<String, Long>();
        var byDay = new TreeMap<LocalDate, Long>();
        letters.forEach(progress("Counting"), letter -> {
            byReason.merge(letter.reason().orElse("-"), 1L, Long::sum);
            byDay.merge(LocalDate.ofInstant(letter.refusedAt(), ZoneOffset.UTC), 1L, Long::sum);
        });
        print("reason", mostFirst(byReason));
        if (!isJson()) {
            out().println();
        }
        print("day", byDay);
        return DONE;
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        var sorted = new LinkedHashMap<String, Long>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return sorted;
    }

    private void print(String by, Map<?, Long> counts) {
        if (isJson()) {
            counts.forEach((value, letters) -> {
                var line = new LinkedHashMap<String, Object>();
                line.put(by, value.toString());
                line.put("letters", letters);
                out().println(ToolContext.json(line));
            });
        } else {
            new BarChart(tool.terminal()).lines(by, counts).forEach(out()::println);
        }
    }
}
