package groupsync.queue;

import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** An event that was read and is not done yet, with its attempts and its outcome. One worker at a time has taken it. */
public final class PendingUpdate {

    private final GroupUpdateEvent event;
    private final Attempts attempts = new Attempts();
    private volatile long waits;
    private volatile boolean newTokenTried;
    private volatile @Nullable Outcome outcome;
    private volatile boolean hasDeadLetter;
    private volatile @Nullable RecordMetadata deadLetter;
    /** The later updates of its group that go with the same request. */
    private volatile List<PendingUpdate> merged = List.of();

    public PendingUpdate(GroupUpdateEvent event) {
        this.event = event;
    }

    public GroupUpdateEvent event() {
        return event;
    }

    // --- Its request ---

    /** Merges the updates that follow it in its queue into its request. */
    public void merge(List<PendingUpdate> later) {
        merged = List.copyOf(later);
    }

    /** This update, and those merged into its request, in their order. */
    public List<PendingUpdate> members() {
        return merged.isEmpty()
                ? List.of(this)
                : Stream.concat(Stream.of(this), merged.stream()).toList();
    }

    public boolean isMerged() {
        return !merged.isEmpty();
    }

    /** Sends each merged update alone from now on, as if none had been tried. */
    public void separate() {
        members().forEach(member -> member.attempts.resetFaults());
        merged = List.of();
    }

    /** Whether it was never tried. Otherwise an update that fails would keep those merged later from Zoom. */
    public boolean canBeMerged() {
        return attempts.count() == 0;
    }

    /** The settings of all members; a later one wins. */
    public GroupUpdate toBeSent() {
        var fields = new HashMap<String, Object>();
        for (var member : members()) {
            fields.putAll(((GroupUpdateEvent.Valid) member.event).update().fields());
        }
        return new GroupUpdate(((GroupUpdateEvent.Valid) event).update().groupId(), fields);
    }

    /** The trace of its requests: that of its last member. */
    public Context trace() {
        var members = members();
        return members.get(members.size() - 1).event.source().trace();
    }

    // --- Its attempts ---

    /** A request for it and its members is sent now. */
    public void attempted(Instant now) {
        members().forEach(member -> member.attempts.sent(now));
    }

    /** That request was not sent after all: it was no attempt. */
    public void notAttempted() {
        members().forEach(member -> member.attempts.notSent());
    }

    /** The number of requests sent for it. */
    public int attempts() {
        return attempts.count();
    }

    public @Nullable Instant latestAttempt() {
        return attempts.latest();
    }

    /** Its latest attempt failed. */
    public void failed(Instant now) {
        attempts.failed(now);
    }

    /** The time of its first failed attempt; {@code null} if none has failed. */
    public @Nullable Instant firstFailure() {
        return attempts.firstFailure();
    }

    /** Whether a time is after its attempt before the latest one. */
    public boolean isPreviousAttemptBefore(Instant time) {
        return attempts.isPreviousBefore(time);
    }

    /** Its latest failure counts against it. */
    public void countFault() {
        attempts.countFault();
    }

    /** The number of failures that count against it. */
    public int faults() {
        return attempts.faults();
    }

    /** Whether its latest request had a token that was fetched because Zoom refused the one before. */
    public boolean newTokenTried() {
        return newTokenTried;
    }

    public void newTokenTried(boolean tried) {
        newTokenTried = tried;
    }

    /** Its worker waits for a slot, and is alive. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void waits() {
        waits++;
    }

    /** The number of signs of life of its worker; a worker that waits for a slot gives many a second. */
    public long signsOfLife() {
        return waits + attempts.count();
    }

    // --- Its outcome ---

    /**
     * Sets its outcome, which is to be published.
     *
     * @param outcomes one for each of its {@link #members()}
     */
    public void conclude(List<Outcome> outcomes) {
        var members = members();
        for (var i = 0; i < members.size(); i++) {
            members.get(i).outcome = outcomes.get(i);
        }
    }

    public boolean isDecided() {
        return outcome != null;
    }

    public @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether its dead letter is still to be published. If only the outcome failed, no second letter follows. */
    public boolean needsDeadLetter() {
        var decided = outcome;
        return decided != null && decided.isRefused() && !hasDeadLetter;
    }

    /** Whether its outcome is published: that of an ignored record may not be. */
    public boolean isOutcomePublished() {
        return !(event instanceof GroupUpdateEvent.Ignored ignored) || ignored.hasOutcome();
    }

    /**
     * Notes that its dead letter is published.
     *
     * @param letter its position in Kafka, if known
     */
    public void deadLetterPublished(@Nullable RecordMetadata letter) {
        deadLetter = letter;
        hasDeadLetter = true;
    }

    /** The position of its dead letter in Kafka, if it has one. */
    public @Nullable RecordMetadata deadLetter() {
        return deadLetter;
    }

    /** As {@link groupsync.event.SourceRecord#id()}. */
    @Override
    public String toString() {
        return event.source().id();
    }
}
