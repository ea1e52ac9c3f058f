package groupsync.deadletters;

import groupsync.deadletters.topic.Filter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.KafkaFailure;
import groupsync.deadletters.topic.Letters;
import groupsync.tool.OutputForm;
import groupsync.tool.ProgressBar;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command on the letters that its filter lets through. */
abstract class LettersCommand implements Callable<Integer> {

    @Mixin
    final Filter filter = new Filter();

    @Mixin
    private final OutputForm output = new OutputForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var cluster = tool().cluster().get();
        try (var letters = new Letters(cluster, filter)) {
            return run(cluster, letters);
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, cluster);
        } finally {
            out().flush();
        }
    }

    /** Carries out the command, and returns its exit status. */
    abstract int run(KafkaCluster cluster, Letters letters);

    boolean isJson() {
        return output.isJson();
    }

    DeadLettersCommand tool() {
        return (DeadLettersCommand) spec.parent().userObject();
    }

    CommandLine commandLine() {
        return spec.commandLine();
    }

    PrintWriter out() {
        return commandLine().getOut();
    }

    PrintWriter err() {
        return commandLine().getErr();
    }

    ProgressBar progress(String step) {
        return new ProgressBar(step, err(), tool().terminal());
    }
}
