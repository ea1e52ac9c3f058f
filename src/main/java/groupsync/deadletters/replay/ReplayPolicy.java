package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;

/** Decides about each letter whether it is replayed. */
public final class ReplayPolicy {

    private final int maxReplays;
    private final boolean includeStale;
    private final ReplayState standing;

    public ReplayPolicy(int maxReplays, boolean includeStale, ReplayState standing) {
        this.maxReplays = maxReplays;
        this.includeStale = includeStale;
        this.standing = standing;
    }

    public ReplayDecision decide(DeadLetter letter) {
        if (letter.reason().isEmpty()) {
            return ReplayDecision.NO_LETTER;
        }
        if (letter.says("value-omitted").isPresent()) {
            return ReplayDecision.VALUE_OMITTED;
        }
        if (standing.isReplayed(letter)) {
            return ReplayDecision.REPLAYED;
        }
        if (letter.replays() >= maxReplays) {
            return ReplayDecision.TOO_OFTEN;
        }
        return !includeStale && standing.isOvertaken(letter) ? ReplayDecision.STALE : ReplayDecision.SEND;
    }
}
