package groupsync.deadletters;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Goes through the letters once, in the order of the replay, and sends those that are to be sent by the time that it is
 * their turn.
 */
final class ReplayRun {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplayPolicy policy;
    private final Standing standing;
    private final ReplayOrder order;
    private final Replayer replayer;
    private final Pace pace;
    private final Progress progress;
    private final Consumer<Replay> told;
    private final Tally done = new Tally();
    private long nextLook = System.nanoTime();

    /** @param told of each replay */
    ReplayRun(
            ReplayPolicy policy,
            Standing standing,
            ReplayOrder order,
            Replayer replayer,
            Pace pace,
            Progress progress,
            Consumer<Replay> told) {
        this.policy = policy;
        this.standing = standing;
        this.order = order;
        this.replayer = replayer;
        this.pace = pace;
        this.progress = progress;
        this.told = told;
    }

    /** Sends them, until it is interrupted, and gives what it did. */
    Tally through(Letters letters, Interruption interruption) {
        for (var place : order.first()) {
            if (!interruption.isRequested()) {
                letters.at(place, this::handle);
            }
        }
        letters.forEach(Progress.unseen(), interruption::isRequested, letter -> {
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
            standing.catchUp(Progress.unseen());
            nextLook = System.nanoTime() + LOOK_NANOS;
        }
        var decision = policy.decide(letter);
        if (decision == Decision.SEND) {
            pace.awaitTurn();
            var replay = replayer.replay(letter);
            standing.add(replay);
            told.accept(replay);
            progress.add(1);
        }
        done.add(letter, decision);
    }
}
