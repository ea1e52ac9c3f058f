package groupsync.deadletters;

import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.print.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts as bars, the longest as wide as the terminal allows. */
final class BarChart {

    private static final int LABEL = 20;
    private static final int COUNT = 11;

    private final Terminal terminal;

    BarChart(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(String by, Map<?, Long> counts) {
        var lines = new ArrayList<String>();
        var total = counts.values().stream().mapToLong(Long::longValue).sum();
        var most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        var widest = Math.max(1, Math.min(terminal.width(), 100) - LABEL - COUNT - 2);
        lines.add(terminal.bold(line("by " + by, total)));
        counts.forEach((label, count) -> {
            // Whatever there is can be seen.
            var columns = Math.max(1, count * widest / most);
            lines.add(line(label.toString(), count) + "  " + terminal.bar(columns));
        });
        return lines;
    }

    private String line(String label, long count) {
        return TerminalText.fit(label, LABEL, terminal.ellipsis())
                + String.format(Locale.ROOT, "%," + COUNT + "d", count);
    }
}
