package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.ProgressListener;
import java.util.concurrent.TimeUnit;

/** Sends the letters of a plan in their order, and decides anew about each letter before it is sent. */
final class ReplayRun {

    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplayPolicy policy;
    private final ReplayOrder order;
    private final Replayer replayer;
    private final RateLimiter rateLimiter;
    private final ProgressListener progress;
    private final ReplayListener listener;
    private final ReplaySummary summary = new ReplaySummary();
    private long nextCatchUp = System.nanoTime();

    ReplayRun(
            ReplayPolicy policy,
            ReplayOrder order,
            Replayer replayer,
            RateLimiter rateLimiter,
            ProgressListener progress,
            ReplayListener listener) {
        this.policy = policy;
        this.order = order;
        this.replayer = replayer;
        this.rateLimiter = rateLimiter;
        this.progress = progress;
        this.listener = listener;
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
            policy.state().catchUp(ProgressListener.NONE);
            nextCatchUp = System.nanoTime() + CATCH_UP_NANOS;
        }
        var decision = policy.decide(letter);
        summary.add(letter, decision == ReplayDecision.SEND ? send(letter) : decision);
    }

    private ReplayDecision send(DeadLetter letter) {
        rateLimiter.acquire();
        var replay = replayer.replay(letter);
        replay.ifPresent(policy.state()::add);
        replay.ifPresentOrElse(listener::sent, () -> listener.tooLarge(letter));
        progress.advanced(1);
        return replay.isPresent() ? ReplayDecision.SEND : ReplayDecision.TOO_LARGE;
    }
}
