package groupsync.deadletters;

import groupsync.deadletters.print.ProgressBar;
import groupsync.deadletters.topic.Filter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ToolException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command about the letters that a filter lets through. */
abstract class LettersCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;

    final ToolContext tool;

    @Mixin
    final Filter filter = new Filter();

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}: for people, or JSON lines for scripts.")
    private Form form = Form.TABLE;

    @Spec
    private @Nullable CommandSpec spec;

    LettersCommand(ToolContext tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() {
        var cluster = tool.cluster().get();
        try (var letters = new Letters(cluster, filter)) {
            return run(cluster, letters);
        } catch (KafkaException e) {
            throw ToolException.of(e, cluster);
        } finally {
            out().flush();
        }
    }

    /** Does what is asked for, and gives the exit status. */
    abstract int run(KafkaCluster cluster, Letters letters);

    boolean isJson() {
        return form == Form.JSON;
    }

    CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
    }

    PrintWriter err() {
        return spec().commandLine().getErr();
    }

    ProgressBar progress(String what) {
        return new ProgressBar(what, err(), tool.terminal());
    }

    private enum Form {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
