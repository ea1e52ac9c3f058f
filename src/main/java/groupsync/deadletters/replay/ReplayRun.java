package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ProgressListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends the letters of a plan in their order, and decides anew about each letter before it is sent. */
final class ReplayRun {

    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplayState state;
    private final ReplayOrder order;
    private final Replayer replayer;
    private final long intervalNanos;
    private final ProgressListener progress;
    private final ReplayReport report;
    private final ReplaySummary summary = new ReplaySummary();
    private long nextCatchUp = System.nanoTime();
    private long nextSend = System.nanoTime();

    ReplayRun(
            ReplayState state,
            ReplayOrder order,
            Replayer replayer,
            int perSecond,
            ProgressListener progress,
            ReplayReport report) {
        this.state = state;
        this.order = order;
        this.replayer = replayer;
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.progress = progress;
        this.report = report;
    }

    /** Sends the letters, up to an interruption. */
    ReplaySummary send(Letters letters, Interruption interruption) {
        for (var position : order.first()) {
            if (!interruption.isRequested()) {
                letters.at(position, this::handle);
            }
        }
        letters.forEach(ProgressListener.NONE, interruption::isRequested, letter -> {
            if (!interruption.isRequested() && !order.isAmongTheFirst(letter)) {
                handle(letter);
            }
        });
        progress.ended();
        return summary;
    }

    private void handle(DeadLetter letter) {
        // The first time at once: another replay may have sent letters while this one waited for an answer. Then from
        // time to time: a run may take hours, and the service applies updates meanwhile.
        if (System.nanoTime() - nextCatchUp >= 0) {
            state.catchUp(ProgressListener.NONE);
            nextCatchUp = System.nanoTime() + CATCH_UP_NANOS;
        }
        var decision = state.decide(letter);
        summary.add(letter, decision == ReplayDecision.SEND ? send(letter) : decision);
    }

    private ReplayDecision send(DeadLetter letter) {
        for (var left = nextSend - System.nanoTime(); left > 0; left = nextSend - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        nextSend = System.nanoTime() + intervalNanos;
        var replay = replayer.replay(letter);
        replay.ifPresent(state::add);
        replay.ifPresentOrElse(report::sent, () -> report.tooLarge(letter));
        progress.advanced(1);
        return replay.isPresent() ? ReplayDecision.SEND : ReplayDecision.TOO_LARGE;
    }
}
