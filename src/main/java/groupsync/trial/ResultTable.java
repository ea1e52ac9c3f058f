package groupsync.trial;

import groupsync.tool.Json;
import groupsync.tool.Terminal;
import groupsync.tool.TerminalText;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;

/** Results as rows of a table. The last column is never cut: a message names the place of a fault at any length. */
final class ResultTable {

    private static final String GAP = "  ";
    private static final int RESULT = "ignored".length();

    private final Terminal terminal;
    private final int name;

    ResultTable(Terminal terminal, List<Sample> samples) {
        this.terminal = terminal;
        name = samples.stream()
                .mapToInt(sample -> TerminalText.width(TerminalText.printable(sample.name())))
                .reduce("SAMPLE".length(), Math::max);
    }

    String header() {
        return terminal.bold(line("SAMPLE", terminal.fit("RESULT", RESULT), "UPDATE OR REASON"));
    }

    String row(Result result) {
        var kind = terminal.fit(result.result().name().toLowerCase(Locale.ROOT), RESULT);
        return switch (result.result()) {
            case UPDATE -> line(result.sample(), terminal.styled(kind, Style.fg_green), update(result));
            case IGNORED -> line(result.sample(), kind, "");
            case REFUSED ->
                line(
                        result.sample(),
                        terminal.styled(kind, Style.fg_yellow),
                        result.reason() + ": " + TerminalText.printable(String.valueOf(result.message())));
        };
    }

    private String line(String sample, String kind, String what) {
        return (terminal.fit(sample, name) + GAP + kind + GAP + what).stripTrailing();
    }

    private static String update(Result result) {
        var text = Json.write(result.update());
        if (result.requestedGroupId() != null) {
            text += ", instead of group " + TerminalText.printable(result.requestedGroupId());
        }
        if (!result.notApplied().isEmpty()) {
            text += ", without " + String.join(", ", result.notApplied());
        }
        return text;
    }
}
