package groupsync.deadletters.replay;

import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of the letters of a replay: that of their events, in each group. The topic has another order if an event was
 * replayed and refused again: an early event then has a late letter.
 *
 * <p>Only the letters of such groups are kept. They are sent first, and all others in the order of the topic.
 */
final class ReplayOrder {

    private final ReplayState state;
    private final Map<GroupPartition, Long> latest = new HashMap<>();
    private final Set<GroupPartition> disordered = new HashSet<>();
    private final Map<RecordPosition, Long> first = new LinkedHashMap<>();

    ReplayOrder(ReplayState state) {
        this.state = state;
    }

    /** Compares a letter to be sent with those before it in the topic. */
    void compare(DeadLetter letter) {
        state.origin(letter).ifPresent(origin -> {
            var group = GroupPartition.of(letter.orderKey(), origin);
            if (latest.merge(group, origin.offset(), Math::max) > origin.offset()) {
                disordered.add(group);
            }
        });
    }

    /** Whether the topic has another order. */
    boolean isNeeded() {
        return !disordered.isEmpty();
    }

    /** Keeps the letter if it is one of the first; once all letters are compared. */
    void add(DeadLetter letter) {
        state.origin(letter)
                .filter(origin -> disordered.contains(GroupPartition.of(letter.orderKey(), origin)))
                .ifPresent(origin -> first.put(letter.position(), origin.offset()));
    }

    /** The letters that are sent first, the earliest event before the others. */
    List<RecordPosition> first() {
        return first.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isAmongTheFirst(DeadLetter letter) {
        return first.containsKey(letter.position());
    }
}
