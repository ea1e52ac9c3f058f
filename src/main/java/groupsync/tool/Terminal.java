package groupsync.tool;

import java.io.IOException;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The terminal, file or pipe that the output is for.
 *
 * @param width columns of a table
 * @param colours whether standard output shows colours
 * @param progress whether standard error is a terminal, so that progress is shown
 * @param unicode whether the encoding has more than ASCII
 */
public record Terminal(int width, boolean colours, boolean progress, boolean unicode) {

    /** Columns of a file or a pipe: most messages fit. */
    private static final int PIPE_WIDTH = 160;

    /** Finds out about the output of this process, which has this encoding. */
    public static Terminal ofProcess(Charset charset) {
        var colours = Ansi.AUTO.enabled();
        // picocli finds out how wide the terminal is, for its help.
        var help = CommandSpec.create().usageMessage().autoWidth(true);
        return new Terminal(
                colours ? help.width() : PIPE_WIDTH,
                colours,
                isStandardErrorATerminal(),
                charset.newEncoder().canEncode('█'));
    }

    /** Java knows only about standard input and output. */
    private static boolean isStandardErrorATerminal() {
        try {
            return new ProcessBuilder("test", "-t", "2")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The text in these styles, where colours are shown. */
    public String styled(String text, IStyle... styles) {
        return colours ? Style.on(styles) + text + Style.reset.on() : text;
    }

    /** Bold text, where colours are shown. */
    public String bold(String text) {
        return styled(text, Style.bold);
    }

    /** The text in exactly so many columns; an ellipsis replaces what does not fit. */
    public String fit(String text, int columns) {
        return TerminalText.fit(text, columns, unicode ? "…" : "...");
    }
}
