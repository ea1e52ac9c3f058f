package groupsync.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read from Kafka and is not yet done, and what was tried with it so far. One thread at a time
 * works on it.
 */
public final class UpdateInHand {

    private final GroupUpdateEvent event;

    private volatile int attempts;
    private volatile int faults;
    private volatile @Nullable Instant latestAttempt;
    private volatile @Nullable Instant attemptBefore;
    private volatile boolean newTokenTried;
    private volatile @Nullable Outcome outcome;
    private volatile boolean hasDeadLetter;

    public UpdateInHand(GroupUpdateEvent event) {
        this.event = event;
    }

    public GroupUpdateEvent event() {
        return event;
    }

    /** A request for it goes to Zoom now. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void attempted(Instant now) {
        attempts++;
        attemptBefore = latestAttempt == null ? now : latestAttempt;
        latestAttempt = now;
    }

    /** How many requests were sent for it. */
    public int attempts() {
        return attempts;
    }

    public @Nullable Instant latestAttempt() {
        return latestAttempt;
    }

    /**
     * Its latest attempt failed. That counts against it only if Zoom has answered others since the attempt before:
     * else the fault may be Zoom's.
     *
     * @param lastVerdict when Zoom last gave a verdict on another event
     * @return whether it counts
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public boolean failed(Instant lastVerdict) {
        var before = attemptBefore;
        var counts = before != null && lastVerdict.isAfter(before);
        if (counts) {
            faults++;
        }
        return counts;
    }

    /** How many attempts count against it. */
    public int faults() {
        return faults;
    }

    /** Whether its latest request was sent with a token that was fetched because Zoom refused the one before. */
    public boolean newTokenTried() {
        return newTokenTried;
    }

    public void newTokenTried(boolean tried) {
        newTokenTried = tried;
    }

    /** What became of it is decided, and remains to be published. */
    // Not decided(...): to Camel that name and isDecided are one, and which of them it takes is chance.
    public void conclude(Outcome decision) {
        outcome = decision;
    }

    public boolean isDecided() {
        return outcome != null;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether a dead letter is yet to be published; once it is, an outcome that cannot be brings no second one. */
    public boolean needsDeadLetter() {
        var decided = outcome;
        return decided != null && decided.isRefused() && !hasDeadLetter;
    }

    public void deadLetterPublished() {
        hasDeadLetter = true;
    }

    @Override
    public String toString() {
        return event.source().id();
    }
}
