package groupsync.deadletters.replay;

import groupsync.deadletters.print.ProgressBar;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.Letters;
import groupsync.deadletters.topic.Replay;
import java.util.concurrent.TimeUnit;

/**
 * Goes through the letters once, in the order of the replay, and sends those that are to be sent by the time that it is
 * their turn.
 */
public final class ReplayRun {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplayPolicy policy;
    private final ReplayState standing;
    private final ReplayOrder order;
    private final Replayer replayer;
    private final Pace pace;
    private final ProgressBar progress;
    private final Listener told;
    private final ReplaySummary done = new ReplaySummary();
    private long nextLook = System.nanoTime();

    public ReplayRun(
            ReplayPolicy policy,
            ReplayState standing,
            ReplayOrder order,
            Replayer replayer,
            Pace pace,
            ProgressBar progress,
            Listener told) {
        this.policy = policy;
        this.standing = standing;
        this.order = order;
        this.replayer = replayer;
        this.pace = pace;
        this.progress = progress;
        this.told = told;
    }

    /** Sends them, until it is interrupted, and gives what it did. */
    public ReplaySummary through(Letters letters, Interruption interruption) {
        for (var place : order.first()) {
            if (!interruption.isRequested()) {
                letters.at(place, this::handle);
            }
        }
        letters.forEach(ProgressBar.unseen(), interruption::isRequested, letter -> {
            if (!interruption.isRequested() && !order.isAmongTheFirst(letter)) {
                handle(letter);
            }
        });
        progress.end();
        return done;
    }

    private void handle(DeadLetter letter) {
        if (System.nanoTime() - nextLook >= 0) {
            // It may take hours, and updates go on meanwhile.
            standing.catchUp(ProgressBar.unseen());
            nextLook = System.nanoTime() + LOOK_NANOS;
        }
        var decision = policy.decide(letter);
        done.add(letter, decision == ReplayDecision.SEND ? send(letter) : decision);
    }

    private ReplayDecision send(DeadLetter letter) {
        pace.awaitTurn();
        var replay = replayer.replay(letter);
        replay.ifPresent(standing::add);
        replay.ifPresentOrElse(told::sent, () -> told.tooLarge(letter));
        progress.add(1);
        return replay.isPresent() ? ReplayDecision.SEND : ReplayDecision.TOO_LARGE;
    }

    /** Hears what becomes of each letter that was to be sent. */
    public interface Listener {
        void sent(Replay replay);

        void tooLarge(DeadLetter letter);
    }
}
