package groupsync.deadletters;

/** Decides about each letter whether it is replayed. */
final class ReplayPolicy {

    private final int maxReplays;
    private final boolean includeStale;
    private final Standing standing;

    ReplayPolicy(int maxReplays, boolean includeStale, Standing standing) {
        this.maxReplays = maxReplays;
        this.includeStale = includeStale;
        this.standing = standing;
    }

    Decision decide(DeadLetter letter) {
        if (letter.reason().isEmpty()) {
            return Decision.NO_LETTER;
        }
        if (letter.says("value-omitted").isPresent()) {
            return Decision.VALUE_OMITTED;
        }
        if (standing.isReplayed(letter)) {
            return Decision.REPLAYED;
        }
        if (letter.replays() >= maxReplays) {
            return Decision.TOO_OFTEN;
        }
        return !includeStale && standing.isOvertaken(letter) ? Decision.STALE : Decision.SEND;
    }
}
