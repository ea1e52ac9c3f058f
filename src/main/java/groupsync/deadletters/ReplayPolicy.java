package groupsync.deadletters;

/** Decides about each letter whether it is replayed. */
final class ReplayPolicy {

    private final int maxReplays;
    private final boolean includeStale;
    private final Replayed replayed;
    private final LaterUpdates laterUpdates;

    ReplayPolicy(int maxReplays, boolean includeStale, Replayed replayed, LaterUpdates laterUpdates) {
        this.maxReplays = maxReplays;
        this.includeStale = includeStale;
        this.replayed = replayed;
        this.laterUpdates = laterUpdates;
    }

    Decision decide(DeadLetter letter) {
        if (letter.reason().isEmpty()) {
            return Decision.NO_LETTER;
        }
        if (letter.says("value-omitted").isPresent()) {
            return Decision.VALUE_OMITTED;
        }
        if (replayed.contains(letter.place())) {
            return Decision.REPLAYED;
        }
        if (letter.replays() >= maxReplays) {
            return Decision.TOO_OFTEN;
        }
        return !includeStale && laterUpdates.overtook(letter) ? Decision.STALE : Decision.SEND;
    }
}
