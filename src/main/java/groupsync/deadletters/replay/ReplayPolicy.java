package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;

/** Decides whether a letter is replayed. */
record ReplayPolicy(int maxReplays, boolean includeStale, ReplayState state) {

    ReplayDecision decide(DeadLetter letter) {
        if (letter.reason().isEmpty()) {
            return ReplayDecision.NO_LETTER;
        }
        if (letter.detail("value-omitted").isPresent()) {
            return ReplayDecision.VALUE_OMITTED;
        }
        if (state.isReplayed(letter)) {
            return ReplayDecision.REPLAYED;
        }
        if (letter.replays() >= maxReplays) {
            return ReplayDecision.TOO_OFTEN;
        }
        return !includeStale && state.isOvertaken(letter) ? ReplayDecision.STALE : ReplayDecision.SEND;
    }
}
