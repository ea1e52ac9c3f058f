package groupsync.deadletters.print;

import groupsync.deadletters.topic.DeadLetter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.Style;

/** Letters as lines of a table that is as wide as the terminal; what does not fit is cut. */
public final class LetterTable {

    private static final String GAP = "  ";
    private static final int REASON = 17;
    private static final int PLACE = 10;
    private static final int NARROW = 110;
    private static final int LEAST_MESSAGE = 7;

    private final Terminal terminal;
    private final DateTimeFormatter time;
    private final int timeColumns;
    private final int groupColumns;
    private final int messageColumns;

    public LetterTable(Terminal terminal) {
        this.terminal = terminal;
        var narrow = terminal.width() < NARROW;
        time = DateTimeFormatter.ofPattern(narrow ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        timeColumns = narrow ? 11 : 19;
        // Zoom's ids have 22 characters.
        groupColumns = narrow ? 12 : 22;
        var others = timeColumns + groupColumns + REASON + PLACE + 4 * GAP.length();
        messageColumns = Math.max(LEAST_MESSAGE, terminal.width() - others);
    }

    public String header() {
        return terminal.bold(fit("WHEN", timeColumns) + GAP + fit("GROUP", groupColumns) + GAP + fit("REASON", REASON)
                + GAP + fit("MESSAGE", messageColumns) + GAP + "WHERE");
    }

    public String row(DeadLetter letter) {
        var reason = fit(letter.reason().orElse("-"), REASON);
        return fit(time.format(letter.refusedAt()), timeColumns)
                + GAP
                + fit(letter.groupId().orElse("-"), groupColumns)
                + GAP
                + terminal.styled(reason, Style.fg_yellow)
                + GAP
                + fit(letter.says("message").orElse("-"), messageColumns)
                + GAP
                + letter.place();
    }

    private String fit(String text, int columns) {
        return TerminalText.fit(text, columns, terminal.ellipsis());
    }
}
