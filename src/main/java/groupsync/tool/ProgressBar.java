package groupsync.tool;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A bar on standard error, if that is a terminal, for a step that takes longer than half a second. */
public final class ProgressBar implements ProgressListener {

    private static final int COLUMNS = 30;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final String step;
    private final PrintWriter err;
    private final Terminal terminal;
    private long total;
    private long done;
    private long next;
    private boolean visible;

    public ProgressBar(String step, PrintWriter err, Terminal terminal) {
        this.step = step;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void started(long total) {
        this.total = total;
        done = 0;
        next = System.nanoTime() + DELAY_NANOS;
    }

    @Override
    public void advanced(long count) {
        done += count;
        if (terminal.progress() && System.nanoTime() - next > 0) {
            next = System.nanoTime() + INTERVAL_NANOS;
            err.print(ERASE_LINE + (total == 0 ? String.format(Locale.ROOT, "%s %,d", step, done) : bar()));
            err.flush();
            visible = true;
        }
    }

    private String bar() {
        var columns = (int) (done * COLUMNS / total);
        var bar = (terminal.unicode() ? "█" : "#").repeat(columns) + " ".repeat(COLUMNS - columns);
        return String.format(Locale.ROOT, "%s [%s] %,d of %,d", step, bar, done, total);
    }

    /** Makes room for output; another advance shows the bar again. */
    @Override
    public void ended() {
        if (visible) {
            err.print(ERASE_LINE);
            err.flush();
            visible = false;
        }
    }
}
