package groupsync.deadletters;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
final class ReplayCommand extends LettersCommand {

    private static final int MOST_PER_SECOND = 1_000;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

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

    ReplayCommand(Tool tool) {
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
    int run(Cluster cluster, Letters letters) {
        var groups = new HashSet<String>();
        letters.forEach(progress("Reading"), letter -> letter.groupId().ifPresent(groups::add));
        var replayed = new Replayed(groups);
        var laterUpdates = new LaterUpdates(groups, replayed);
        try (var notes = new ReplayNotes(cluster);
                var outcomes = new Follower(new TopicReader(cluster, cluster.outcomes(), TopicReader.ALL))) {
            var policy = new ReplayPolicy(maxReplays, includeStale, replayed, laterUpdates);
            notes.catchUp(replayed::add, progress("Reading replays"));
            outcomes.catchUp(laterUpdates::add, progress("Reading outcomes"));
            var plan = new Tally();
            letters.forEach(progress("Deciding"), letter -> plan.add(letter, policy.decide(letter)));
            tell("plan", plan);
            if (dryRun || plan.sent() == 0) {
                return DONE;
            }
            if (!yes && !isConfirmed(cluster, plan)) {
                err().println("Nothing was sent.");
                return FAILED;
            }
            notes.create();
            try (var replayer = new Replayer(cluster, notes, tool.clock())) {
                // What another replay has sent while this one was asking.
                notes.catchUp(replayed::add, progress("Reading replays"));
                return send(
                        letters,
                        policy,
                        replayer,
                        replayed,
                        () -> outcomes.catchUp(laterUpdates::add, progress("Reading outcomes")));
            }
        }
    }

    private int send(
            Letters letters, ReplayPolicy policy, Replayer replayer, Replayed replayed, Runnable lookForOutcomes) {
        var done = new Tally();
        var pace = new Pace(rate);
        var progress = progress("Replaying");
        try (var interruption = new Interruption()) {
            var nextLook = new long[] {System.nanoTime()};
            letters.forEach(progress, interruption::isRequested, letter -> {
                if (System.nanoTime() - nextLook[0] >= 0) {
                    // It may take hours, and updates go on meanwhile.
                    lookForOutcomes.run();
                    nextLook[0] = System.nanoTime() + LOOK_NANOS;
                }
                var decision = policy.decide(letter);
                if (decision == Decision.SEND) {
                    pace.awaitTurn();
                }
                if (interruption.isRequested()) {
                    return;
                }
                done.add(letter, decision);
                if (decision == Decision.SEND) {
                    var replay = replayer.replay(letter);
                    replayed.add(replay);
                    if (isJson()) {
                        out().println(Tool.json(replay));
                        out().flush();
                    }
                }
            });
            tell("done", done);
            if (interruption.isRequested()) {
                err().println("Interrupted; the same command goes on with the rest.");
                err().flush();
                return FAILED;
            }
        }
        return DONE;
    }

    private void tell(String what, Tally tally) {
        if (isJson()) {
            var line = new LinkedHashMap<String, Object>();
            line.put(what, tally);
            out().println(Tool.json(line));
        } else if (what.equals("plan")) {
            tally.lines().forEach(out()::println);
        } else {
            out().println(String.format(Locale.ROOT, "%,d sent.", tally.sent()));
        }
        out().flush();
    }

    private boolean isConfirmed(Cluster cluster, Tally plan) {
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
