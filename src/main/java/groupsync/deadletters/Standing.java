package groupsync.deadletters;

import java.util.Set;

/** What became of letters and of their groups since, as far as it matters to a replay. */
final class Standing implements AutoCloseable {

    private final ReplayNotes notes;
    private final Follower outcomes;
    private final Replayed replayed;
    private final LaterUpdates laterUpdates;

    /** @param groups those of the letters */
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
        notes.catchUp(replayed::add, progress);
        outcomes.catchUp(laterUpdates::add, progress);
    }

    void add(Replay replay) {
        replayed.add(replay);
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
