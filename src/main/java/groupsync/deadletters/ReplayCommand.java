package groupsync.deadletters;

import groupsync.deadletters.replay.ReplayPlan;
import groupsync.deadletters.replay.ReplayReport;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.tool.Program;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Prints a plan and, once it is confirmed, puts the letters back on the updates topic. */
@Command(
        name = "replay",
        description = {
            "Puts the events of dead letters back on the updates topic, byte for byte as they came.",
            "It prints the plan, and asks. After any interruption, the same command sends the rest, and no letter"
                    + " twice. No letter is ever removed."
        })
final class ReplayCommand extends LettersCommand {

    private static final int MOST_PER_SECOND = 1_000;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Prints the plan, and sends nothing.")
    private boolean dryRun;

    @Option(
            names = "--rate",
            defaultValue = "10",
            paramLabel = "N",
            description = "Letters a second, at the most; 1 to " + MOST_PER_SECOND + " (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--max-replays",
            defaultValue = "3",
            paramLabel = "N",
            description = "Holds back an event that was replayed and refused this often (default: ${DEFAULT-VALUE}).")
    private int maxReplays;

    @Option(
            names = "--include-stale",
            description =
                    "Sends also letters that a later update of their group has overtaken, which sets the group back.")
    private boolean includeStale;

    @Override
    public Integer call() {
        if (rate < 1 || rate > MOST_PER_SECOND) {
            throw new ParameterException(commandLine(), "--rate: " + rate + " is not from 1 to " + MOST_PER_SECOND);
        }
        return super.call();
    }

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        var report = new ReplayReport(cluster.updates(), isJson(), out(), err());
        try (var plan = new ReplayPlan(cluster, letters, maxReplays, includeStale, this::progress)) {
            var planned = plan.decide();
            report.planned(planned);
            if (dryRun || planned.total() == 0) {
                return Program.DONE;
            }
            if (!yes && !isConfirmed(cluster, planned.total())) {
                err().println("Nothing was sent.");
                return Program.FAILED;
            }
            return plan.carryOut(rate, tool().timeOfDay(), report) ? Program.DONE : Program.FAILED;
        }
    }

    private boolean isConfirmed(KafkaCluster cluster, long letters) {
        err().print(String.format(
                Locale.ROOT,
                "Send %,d to %s at %s, %,d a second? [y/N] ",
                letters,
                cluster.updates(),
                cluster.brokers(),
                rate));
        err().flush();
        try {
            var answer = tool().in().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
