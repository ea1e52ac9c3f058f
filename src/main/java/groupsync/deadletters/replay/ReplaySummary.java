package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of letters of a replay.
 *
 * @param send letters that are sent, by their reason
 * @param heldBack letters that are not sent, by the decision
 */
public record ReplaySummary(Map<String, Long> send, Map<ReplayDecision, Long> heldBack) {

    ReplaySummary() {
        this(new TreeMap<>(), new EnumMap<>(ReplayDecision.class));
    }

    void add(DeadLetter letter, ReplayDecision decision) {
        if (decision == ReplayDecision.SEND) {
            send.merge(letter.reason().orElse("-"), 1L, Long::sum);
        } else {
            heldBack.merge(decision, 1L, Long::sum);
        }
    }

    /** The number of letters that are sent. */
    public long total() {
        return send.values().stream().mapToLong(Long::longValue).sum();
    }
}
