package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.Letters;
import groupsync.tool.ProgressListener;
import java.time.Clock;
import java.util.HashSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** A replay of letters, in two steps: it decides about each letter, and then sends those that it may. */
public final class ReplayPlan implements AutoCloseable {

    private final KafkaCluster cluster;
    private final Letters letters;
    private final Function<String, ProgressListener> progress;
    private final ReplayState state;
    private final ReplayOrder order;
    private final ReplaySummary summary = new ReplaySummary();

    /**
     * Plans a replay of these letters.
     *
     * @param maxReplays an event that was replayed so often is held back
     * @param includeStale whether a letter that a later update has overtaken is sent
     * @param progress gives a listener for each step, by its name
     */
    public ReplayPlan(
            KafkaCluster cluster,
            Letters letters,
            int maxReplays,
            boolean includeStale,
            Function<String, ProgressListener> progress) {
        this.cluster = cluster;
        this.letters = letters;
        this.progress = progress;
        var groups = new HashSet<String>();
        letters.forEach(
                progress.apply("Reading"), letter -> groups.add(letter.groupId().orElse("")));
        state = new ReplayState(cluster, groups, maxReplays, includeStale);
        order = new ReplayOrder(state);
    }

    /** Decides about each letter, and sends none. */
    public ReplaySummary decide() {
        state.catchUp(progress.apply("Reading outcomes"));
        letters.forEach(progress.apply("Deciding"), letter -> {
            var decision = state.decide(letter);
            summary.add(letter, decision);
            if (decision == ReplayDecision.SEND) {
                order.compare(letter);
            }
        });
        return summary;
    }

    /**
     * Sends the letters in their order, and decides anew about each before it is sent.
     *
     * @param perSecond letters a second, at the most
     * @return whether it got to the last letter; {@code false} if a signal ended it before
     */
    public boolean carryOut(int perSecond, Clock timeOfDay, ReplayReport report) {
        if (order.isNeeded()) {
            letters.forEach(progress.apply("Ordering"), order::add);
        }
        state.notes().create();
        var sent = new ReplaySummary();
        var sending = progress.apply("Replaying");
        sending.started(summary.total());
        try (var replayer = new Replayer(cluster, state.notes(), perSecond, timeOfDay);
                var interruption = new Interruption()) {
            Consumer<DeadLetter> handle = letter -> {
                if (!interruption.isRequested()) {
                    var decision = state.decideAnew(letter);
                    if (decision == ReplayDecision.SEND) {
                        decision = send(letter, replayer, report);
                        sending.advanced(1);
                    }
                    sent.add(letter, decision);
                }
            };
            order.first().forEach(position -> letters.at(position, handle));
            letters.forEach(ProgressListener.NONE, interruption::isRequested, letter -> {
                if (!order.isAmongTheFirst(letter)) {
                    handle.accept(letter);
                }
            });
            sending.ended();
            report.done(sent);
            if (interruption.isRequested()) {
                report.interrupted();
            }
            return !interruption.isRequested();
        }
    }

    private ReplayDecision send(DeadLetter letter, Replayer replayer, ReplayReport report) {
        var replay = replayer.replay(letter);
        replay.ifPresent(state::add);
        replay.ifPresentOrElse(report::sent, () -> report.tooLarge(letter));
        return replay.isPresent() ? ReplayDecision.SEND : ReplayDecision.TOO_LARGE;
    }

    @Override
    public void close() {
        state.close();
    }
}
