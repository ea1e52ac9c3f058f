package groupsync.deadletters.replay;

import groupsync.deadletters.print.ProgressBar;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.deadletters.topic.RecordPosition;
import groupsync.deadletters.topic.Replay;
import groupsync.deadletters.topic.ReplayTopic;
import groupsync.deadletters.topic.TopicReader;
import groupsync.deadletters.topic.TopicTail;
import java.util.Optional;
import java.util.Set;

/** What became of letters and of their groups since, as far as it matters to a replay. */
public final class ReplayState implements AutoCloseable {

    private final ReplayTopic notes;
    private final TopicTail outcomes;
    private final ReplayIndex replayed;
    private final LaterUpdates laterUpdates;

    /** @param groups those of the letters; the empty one is that of all letters without a group */
    public ReplayState(KafkaCluster cluster, Set<String> groups) {
        notes = new ReplayTopic(cluster);
        outcomes = new TopicTail(new TopicReader(cluster, cluster.outcomes(), TopicReader.ALL));
        replayed = new ReplayIndex(groups);
        laterUpdates = new LaterUpdates(groups, replayed);
    }

    public ReplayTopic notes() {
        return notes;
    }

    /** Takes note of what is new. The replays first: whose outcome it is decides what an outcome means. */
    public void catchUp(ProgressBar progress) {
        notes.catchUp(this::add, progress);
        outcomes.catchUp(laterUpdates::add, progress);
    }

    /** A note of what this run itself has sent says nothing new: its outcome may be known by then. */
    void add(Replay replay) {
        if (!replayed.contains(replay.letter())) {
            replayed.add(replay);
            laterUpdates.add(replay);
        }
    }

    /** Where the event of the letter first stood, however often it was replayed. */
    Optional<RecordPosition> origin(DeadLetter letter) {
        return letter.source().map(replayed::origin);
    }

    boolean isReplayed(DeadLetter letter) {
        return replayed.contains(letter.place());
    }

    boolean isOvertaken(DeadLetter letter) {
        return laterUpdates.overtook(letter);
    }

    @Override
    public void close() {
        notes.close();
        outcomes.close();
    }
}
