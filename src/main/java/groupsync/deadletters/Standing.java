package groupsync.deadletters;

import java.util.Optional;
import java.util.Set;

/** What became of letters and of their groups since, as far as it matters to a replay. */
final class Standing implements AutoCloseable {

    private final ReplayNotes notes;
    private final Follower outcomes;
    private final Replayed replayed;
    private final LaterUpdates laterUpdates;

    /** @param groups those of the letters; the empty one is that of all letters without a group */
    Standing(Cluster cluster, Set<String> groups) {
        notes = new ReplayNotes(cluster);
        outcomes = new Follower(new TopicReader(cluster, cluster.outcomes(), TopicReader.ALL));
        replayed = new Replayed(groups);
        laterUpdates = new LaterUpdates(groups, replayed);
    }

    ReplayNotes notes() {
        return notes;
    }

    /** Takes note of what is new. The replays first: whose outcome it is decides what an outcome means. */
    void catchUp(Progress progress) {
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
    Optional<Place> origin(DeadLetter letter) {
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
