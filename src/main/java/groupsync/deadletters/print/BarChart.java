package groupsync.deadletters.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts as bars, the longest as wide as the terminal allows. */
public final class BarChart {

    private static final int LABEL = 20;
    private static final int COUNT = 11;

    private final Terminal terminal;

    public BarChart(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The lines of the chart, their sum first. */
    public List<String> lines(String by, List<? extends Map.Entry<?, Long>> counts) {
        var lines = new ArrayList<String>();
        var total = counts.stream().mapToLong(Map.Entry::getValue).sum();
        var most = counts.stream().mapToLong(Map.Entry::getValue).max().orElse(1);
        var widest = Math.max(1, Math.min(terminal.width(), 100) - LABEL - COUNT - 2);
        lines.add(terminal.bold(line("by " + by, total)));
        for (var count : counts) {
            // Even the smallest count has a bar.
            var columns = Math.max(1, count.getValue() * widest / most);
            lines.add(line(count.getKey().toString(), count.getValue()) + "  " + terminal.bar(columns));
        }
        return lines;
    }

    private String line(String label, long count) {
        return terminal.fit(label, LABEL) + String.format(Locale.ROOT, "%," + COUNT + "d", count);
    }
}
