package groupsync.deadletters.print;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A bar on standard error, where somebody watches it and there is something to wait for. */
public final class ProgressBar {

    private static final int COLUMNS = 30;
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final String what;
    private final PrintWriter err;
    private final Terminal terminal;
    private long total;
    private long done;
    private long next;
    private boolean visible;

    public ProgressBar(String what, PrintWriter err, Terminal terminal) {
        this.what = what;
        this.err = err;
        this.terminal = terminal;
    }

    /** For what nobody waits for. */
    public static ProgressBar unseen() {
        return new ProgressBar("", new PrintWriter(Writer.nullWriter()), new Terminal(0, false, false, false));
    }

    public void begin(long total) {
        this.total = total;
        done = 0;
        next = System.nanoTime() + SOON_NANOS;
    }

    public void add(long more) {
        done += more;
        if (terminal.progress() && System.nanoTime() - next > 0) {
            next = System.nanoTime() + EACH_NANOS;
            var part = total == 0 ? COLUMNS : done * COLUMNS / total;
            err.print(ERASE_LINE
                    + String.format(
                            Locale.ROOT,
                            "%s [%s%s] %,d of %,d",
                            what,
                            terminal.bar(part),
                            " ".repeat((int) (COLUMNS - part)),
                            done,
                            total));
            err.flush();
            visible = true;
        }
    }

    /** Makes room for a line of output. */
    public void hide() {
        if (visible) {
            err.print(ERASE_LINE);
            err.flush();
            visible = false;
        }
    }

    public void end() {
        hide();
    }
}
