package groupsync.deadletters;

import groupsync.deadletters.replay.Interruption;
import groupsync.deadletters.replay.Pace;
import groupsync.deadletters.replay.ReplayDecision;
import groupsync.deadletters.replay.ReplayOrder;
import groupsync.deadletters.replay.ReplayPolicy;
import groupsync.deadletters.replay.ReplayRun;
import groupsync.deadletters.replay.ReplayState;
import groupsync.deadletters.replay.ReplaySummary;
import groupsync.deadletters.replay.Replayer;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.Replay;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Puts letters back on the updates topic, after it has said which and was told to. */
@Command(
        name = "replay",
        description = {
            "Puts the events of dead letters back on the updates topic, byte for byte as they came.",
            "It says what it would send, and asks. No letter is sent twice, also if this is interrupted, by"
                    + " whatever means: the same command goes on with the rest. No letter is ever removed."
        })
final class ReplayCommand extends LettersCommand implements ReplayRun.Listener {

    private static final int MOST_PER_SECOND = 1_000;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Says what it would send, and no more.")
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
            description = "Holds back what was replayed and refused so often (default: ${DEFAULT-VALUE}).")
    private int maxReplays;

    @Option(
            names = "--include-stale",
            description = "Sends also what a later update of its group has overtaken, which sets the group back.")
    private boolean includeStale;

    private String updates = "";

    ReplayCommand(ToolContext tool) {
        super(tool);
    }

    @Override
    public Integer call() {
        if (rate < 1 || rate > MOST_PER_SECOND) {
            throw new ParameterException(
                    spec().commandLine(), "--rate: " + rate + " is not from 1 to " + MOST_PER_SECOND);
        }
        return super.call();
    }

    @Override
    int run(KafkaCluster cluster, Letters letters) {
        updates = cluster.updates();
        var groups = new HashSet<String>();
        letters.forEach(
                progress("Reading"), letter -> groups.add(letter.groupId().orElse("")));
        try (var standing = new ReplayState(cluster, groups)) {
            standing.catchUp(progress("Looking what became of them"));
            var policy = new ReplayPolicy(maxReplays, includeStale, standing);
            var plan = new ReplaySummary();
            var order = new ReplayOrder(standing);
            letters.forEach(progress("Deciding"), letter -> {
                var decision = policy.decide(letter);
                plan.add(letter, decision);
                if (decision == ReplayDecision.SEND) {
                    order.look(letter);
                }
            });
            tell("plan", plan);
            if (dryRun || plan.sent() == 0) {
                return DONE;
            }
            if (!yes && !isConfirmed(cluster, plan)) {
                err().println("Nothing was sent.");
                return FAILED;
            }
            if (order.isNeeded()) {
                letters.forEach(progress("Ordering"), order::remember);
            }
            standing.notes().create();
            try (var replayer = new Replayer(cluster, standing.notes(), tool.clock());
                    var interruption = new Interruption()) {
                var progress = progress("Replaying");
                progress.begin(plan.sent());
                // It catches up first: another replay may have sent some while this one asked.
                var run = new ReplayRun(policy, standing, order, replayer, new Pace(rate), progress, this);
                tell("done", run.through(letters, interruption));
                return isInterrupted(interruption) ? FAILED : DONE;
            }
        }
    }

    private boolean isInterrupted(Interruption interruption) {
        if (interruption.isRequested()) {
            err().println("Interrupted; the same command goes on with the rest.");
            err().flush();
        }
        return interruption.isRequested();
    }

    @Override
    public void tooLarge(DeadLetter letter) {
        err().println(letter.place() + " is too large for the topic " + updates
                + ", and held back: raise its max.message.bytes");
        err().flush();
    }

    @Override
    public void sent(Replay replay) {
        if (isJson()) {
            out().println(ToolContext.json(replay));
            out().flush();
        }
    }

    private void tell(String what, ReplaySummary tally) {
        if (isJson()) {
            var line = new LinkedHashMap<String, Object>();
            line.put(what, tally);
            out().println(ToolContext.json(line));
        } else if (what.equals("plan")) {
            tally.lines().forEach(out()::println);
        } else {
            out().println(String.format(Locale.ROOT, "%,d sent.", tally.sent()));
        }
        out().flush();
    }

    private boolean isConfirmed(KafkaCluster cluster, ReplaySummary plan) {
        err().print(String.format(
                Locale.ROOT,
                "Send %,d to %s at %s, %,d a second? [y/N] ",
                plan.sent(),
                cluster.updates(),
                cluster.brokers(),
                rate));
        err().flush();
        try {
            var answer = tool.in().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
