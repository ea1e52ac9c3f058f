package groupsync.deadletters.print;

import java.io.IOException;
import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the output goes to.
 *
 * @param width how many columns a table may take
 * @param colours whether it shows colours
 * @param progress whether somebody watches standard error
 * @param unicode whether it can show more than ASCII
 */
public record Terminal(int width, boolean colours, boolean progress, boolean unicode) {

    /** Of a file or a pipe: enough for most messages. */
    private static final int WIDTH_OF_A_PIPE = 160;

    /** The terminal of this process, if it has one. */
    public static Terminal ofProcess(Charset charset) {
        var colours = Ansi.AUTO.enabled();
        // picocli asks the terminal for its width, to fit its help to it.
        var help = CommandSpec.create().usageMessage().autoWidth(true);
        return new Terminal(
                colours ? help.width() : WIDTH_OF_A_PIPE,
                colours,
                isStandardErrorATerminal(),
                charset.newEncoder().canEncode('█'));
    }

    /** Java knows only of standard input and output. */
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

    String styled(String text, IStyle... styles) {
        return colours ? Style.on(styles) + text + Style.reset.on() : text;
    }

    public String bold(String text) {
        return styled(text, Style.bold);
    }

    /** In place of what was cut. */
    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    /** A bar of so many columns. */
    public String bar(long columns) {
        return (unicode ? "█" : "#").repeat((int) columns);
    }
}
