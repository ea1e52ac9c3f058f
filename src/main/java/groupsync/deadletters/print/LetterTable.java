package groupsync.deadletters.print;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.tool.Terminal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;

/** Letters as rows of a table that is as wide as the terminal; longer texts are cut. */
public final class LetterTable {

    private static final String GAP = "  ";
    private static final int REASON = 17;
    private static final int POSITION = 10;

    private final Terminal terminal;
    private final DateTimeFormatter time;
    private final int[] columns;

    public LetterTable(Terminal terminal) {
        this.terminal = terminal;
        var isNarrow = terminal.width() < 110;
        var when = isNarrow ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
        time = DateTimeFormatter.ofPattern(when, Locale.ROOT).withZone(ZoneOffset.UTC);
        // Zoom's ids have 22 characters.
        var group = isNarrow ? 12 : 22;
        var message = terminal.width() - when.length() - group - REASON - POSITION - 4 * GAP.length();
        columns = new int[] {when.length(), group, REASON, Math.max(7, message)};
    }

    public String header() {
        return terminal.bold(String.join(GAP, cells("WHEN", "GROUP", "REASON", "MESSAGE")) + GAP + "WHERE");
    }

    public String row(DeadLetter letter) {
        var cells = cells(
                time.format(letter.refusedAt()),
                letter.groupId().orElse("-"),
                letter.reason().orElse("-"),
                letter.detail("message").orElse("-"));
        cells[2] = terminal.styled(cells[2], Style.fg_yellow);
        return String.join(GAP, cells) + GAP + letter.position();
    }

    private String[] cells(String... texts) {
        Arrays.setAll(texts, i -> terminal.fit(texts[i], columns[i]));
        return texts;
    }
}
