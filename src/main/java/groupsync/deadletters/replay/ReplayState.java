package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.deadletters.topic.TopicReader;
import groupsync.tool.ProgressListener;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The replays and the outcomes since letters were written, and the decision about each letter. */
final class ReplayState implements AutoCloseable {

    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplayTopic notes;
    private final TopicReader outcomes;
    private final ReplayIndex index;
    private final LaterUpdates laterUpdates;
    private final int maxReplays;
    private final boolean includeStale;
    private long nextCatchUp = System.nanoTime();

    /** @param groups those of the letters; the empty one stands for letters without a group */
    ReplayState(KafkaCluster cluster, Set<String> groups, int maxReplays, boolean includeStale) {
        notes = new ReplayTopic(cluster);
        outcomes = TopicReader.ofOutcomes(cluster);
        index = new ReplayIndex(groups);
        laterUpdates = new LaterUpdates(groups, index);
        this.maxReplays = maxReplays;
        this.includeStale = includeStale;
    }

    ReplayTopic notes() {
        return notes;
    }

    /** Reads new replays and then new outcomes: a replay says whose outcome one is. */
    void catchUp(ProgressListener progress) {
        notes.catchUp(this::add, progress);
        outcomes.catchUp(laterUpdates::add, progress);
    }

    /** Ignores a replay that it knows, such as one of this run: its outcome may be known, too. */
    void add(Replay replay) {
        if (!index.contains(replay.letter())) {
            index.add(replay);
            laterUpdates.add(replay);
        }
    }

    /** The position of the letter's event before any replay. */
    Optional<RecordPosition> origin(DeadLetter letter) {
        return letter.source().map(index::origin);
    }

    /**
     * Decides about a letter that is about to be sent. It catches up at the first letter, since another replay may have
     * sent letters while this one waited for an answer, and then once a second: the service applies updates meanwhile.
     */
    ReplayDecision decideAnew(DeadLetter letter) {
        if (System.nanoTime() - nextCatchUp >= 0) {
            catchUp(ProgressListener.NONE);
            nextCatchUp = System.nanoTime() + CATCH_UP_NANOS;
        }
        return decide(letter);
    }

    ReplayDecision decide(DeadLetter letter) {
        if (letter.reason().isEmpty()) {
            return ReplayDecision.NO_LETTER;
        }
        if (letter.detail("value-omitted").isPresent()) {
            return ReplayDecision.VALUE_OMITTED;
        }
        if (index.contains(letter.position())) {
            return ReplayDecision.REPLAYED;
        }
        if (letter.replays() >= maxReplays) {
            return ReplayDecision.TOO_OFTEN;
        }
        return !includeStale && laterUpdates.overtook(letter) ? ReplayDecision.STALE : ReplayDecision.SEND;
    }

    @Override
    public void close() {
        notes.close();
        outcomes.close();
    }
}
