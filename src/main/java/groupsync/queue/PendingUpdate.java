package groupsync.queue;

import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read from Kafka and is not yet done, and what was tried with it so far. One thread at a time
 * works on it.
 */
public final class PendingUpdate {

    private final GroupUpdateEvent event;

    private volatile int attempts;
    private volatile int faults;
    private volatile @Nullable Instant latestAttempt;
    private volatile @Nullable Instant attemptBefore;
    private volatile @Nullable Instant firstFailure;
    private volatile long signs;
    private volatile boolean newTokenTried;
    private volatile @Nullable Outcome outcome;
    private volatile boolean hasDeadLetter;
    /** The later ones of its group whose request is the same. */
    private volatile List<PendingUpdate> merged = List.of();

    public PendingUpdate(GroupUpdateEvent event) {
        this.event = event;
    }

    public GroupUpdateEvent event() {
        return event;
    }

    /** Its requests are also those of these, which follow it in its group's line. */
    public void merge(List<PendingUpdate> later) {
        merged = List.copyOf(later);
    }

    /** This one, and those that were merged into its request, in their order. */
    public List<PendingUpdate> members() {
        return merged.isEmpty()
                ? List.of(this)
                : Stream.concat(Stream.of(this), merged.stream()).toList();
    }

    /** The trace of its requests: that of the last event whose settings they carry. */
    public Context trace() {
        var members = members();
        return members.get(members.size() - 1).event.source().trace();
    }

    public boolean isMerged() {
        return !merged.isEmpty();
    }

    /** Zoom refused the request of these: each gets a verdict of its own, as if it had not been tried. */
    public void separate() {
        for (var member : members()) {
            member.faults = 0;
        }
        merged = List.of();
    }

    /** Once tried, it stays with those that it was tried with, so that what fails keeps nobody else from Zoom. */
    public boolean canBeMerged() {
        return attempts == 0;
    }

    /** What is sent: the settings of all that are merged, the later ones winning. */
    public GroupUpdate toBeSent() {
        var fields = new HashMap<String, Object>();
        for (var member : members()) {
            fields.putAll(((GroupUpdateEvent.Valid) member.event).update().fields());
        }
        return new GroupUpdate(((GroupUpdateEvent.Valid) event).update().groupId(), fields);
    }

    /** A request for it, and those merged into it, goes to Zoom now. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void attempted(Instant now) {
        for (var member : members()) {
            member.attempts++;
            member.attemptBefore = member.latestAttempt == null ? now : member.latestAttempt;
            member.latestAttempt = now;
        }
    }

    /** That request was not sent after all: it was no attempt. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void notAttempted() {
        for (var member : members()) {
            member.attempts--;
            member.latestAttempt = member.attempts == 0 ? null : member.attemptBefore;
        }
    }

    /** How many requests were sent for it. */
    public int attempts() {
        return attempts;
    }

    public @Nullable Instant latestAttempt() {
        return latestAttempt;
    }

    /** Its latest attempt failed. */
    public void failed(Instant now) {
        if (firstFailure == null) {
            firstFailure = now;
        }
    }

    /** When an attempt first failed; {@code null} if none has. */
    public @Nullable Instant firstFailure() {
        return firstFailure;
    }

    /**
     * Whether Zoom has answered others since the attempt before the latest: otherwise a failure may be Zoom's fault.
     *
     * @param lastVerdict when Zoom last gave a verdict on another event
     */
    public boolean isAnsweredMeanwhile(Instant lastVerdict) {
        var before = attemptBefore;
        return before != null && lastVerdict.isAfter(before);
    }

    /** The failure of its latest attempt counts against it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void countFault() {
        faults++;
    }

    /** Whoever works on it waits for its turn, for as long as it takes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void waits() {
        signs++;
    }

    /** How many signs of life were given while it was worked on; what waits for its turn gives many a second. */
    public long signs() {
        return signs + attempts;
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

    /**
     * What became of it is decided, and remains to be published.
     *
     * @param decisions one for each of its {@link #members()}
     */
    public void conclude(List<Outcome> decisions) {
        var members = members();
        for (var i = 0; i < members.size(); i++) {
            members.get(i).outcome = decisions.get(i);
        }
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
