package groupsync.trial;

import groupsync.deadletters.topic.LastUpdates;
import groupsync.tool.Json;
import groupsync.tool.OutputForm;
import groupsync.tool.Program;
import groupsync.tool.ProgressBar;
import groupsync.tool.ToolException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what each sample becomes, and fails if the service would refuse one. */
@Command(
        name = "try",
        description = {
            "Shows what each sample becomes: an update, ignored, or refused.",
            "The settings that decide are those of the service. A name of a group is not looked up.",
        },
        exitCodeList = {
            "0:no sample is refused",
            "1:a sample is refused, or not done: a file, Kafka, a setting, no sample",
            "2:wrong usage"
        })
final class TryCommand implements Callable<Integer> {

    private static final int MOST_RECORDS = 100_000;
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "The file with the jq filter; by default that of events.mapping, if there is one.")
    private @Nullable String mapping;

    @Parameters(
            arity = "0..*",
            paramLabel = "SAMPLE",
            description =
                    "Files with the value of one record each. By default, or for -, standard input with the value of"
                            + " one record in each line, as kcat prints it.")
    private List<String> files = List.of();

    @Option(
            names = "--from-topic",
            paramLabel = "N",
            description =
                    "Instead of samples, takes the last N records of the topic topics.updates, by their timestamps.")
    private @Nullable Integer fromTopic;

    @Option(names = "--key", description = "The key of the samples; by default they have none.")
    private @Nullable String key;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of the samples; may be repeated.")
    private Map<String, String> headers = Map.of();

    @Mixin
    private final OutputForm output = new OutputForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        checkUsage();
        var tool = (EventsCommand) spec.parent().userObject();
        var trial = tool.trial().apply(mapping == null ? Map.of() : Map.of("events.mapping", mapping));
        var samples = fromTopic == null ? samples(tool, trial) : records(tool, fromTopic);
        var summary = new Summary();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var table = new ResultTable(tool.terminal(), samples);
        if (!output.isJson()) {
            out.println(table.header());
        }
        for (var sample : samples) {
            var result = trial.of(sample);
            summary.add(result);
            out.println(output.isJson() ? Json.write(result) : table.row(result));
        }
        out.flush();
        if (!output.isJson()) {
            err.println(summary);
            err.flush();
        }
        return summary.hasRefused() ? Program.FAILED : Program.DONE;
    }

    private void checkUsage() {
        if (fromTopic == null) {
            return;
        }
        if (!files.isEmpty() || key != null || !headers.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from-topic takes no samples, and no --key or --header: records have their own");
        }
        if (fromTopic < 1 || fromTopic > MOST_RECORDS) {
            throw new ParameterException(
                    spec.commandLine(), "--from-topic: " + fromTopic + " is not a number from 1 to " + MOST_RECORDS);
        }
    }

    private List<Sample> samples(EventsCommand tool, Trial trial) {
        var reader = new SampleReader(trial.topic(), tool.timeOfDay().millis(), key, headers);
        for (var file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
            if (file.equals(STANDARD_INPUT)) {
                reader.addLines(tool.in());
            } else {
                reader.addFile(file);
            }
        }
        if (reader.samples().isEmpty()) {
            throw new ToolException("standard input has no value");
        }
        return reader.samples();
    }

    private List<Sample> records(EventsCommand tool, int count) {
        var cluster = tool.cluster().get();
        var progress = new ProgressBar("Reading", spec.commandLine().getErr(), tool.terminal());
        var records = LastUpdates.read(cluster, count, progress);
        if (records.isEmpty()) {
            throw new ToolException("the topic " + cluster.updates() + " has no record");
        }
        return records.stream().map(Sample::of).toList();
    }
}
