package groupsync.deadletters.replay;

import groupsync.deadletters.print.Line;
import groupsync.deadletters.topic.DeadLetter;
import groupsync.deadletters.topic.RecordPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of the letters of a replay: that of their events, in each group. The topic has another order where an event
 * was replayed and refused again: it is an early event with a late letter.
 *
 * <p>Only the letters of such groups are remembered. They go first, and all others as they stand in the topic.
 */
public final class ReplayOrder {

    private final ReplayState standing;
    private final Map<Line, Long> latest = new HashMap<>();
    private final Set<Line> disordered = new HashSet<>();
    private final List<Ordered> first = new ArrayList<>();
    private final Set<RecordPosition> places = new HashSet<>();

    public ReplayOrder(ReplayState standing) {
        this.standing = standing;
    }

    /** Looks at each letter to be sent, in the order of the topic. */
    public void look(DeadLetter letter) {
        standing.origin(letter).ifPresent(origin -> {
            var line = Line.of(letter.line(), origin);
            if (latest.merge(line, origin.offset(), Math::max) > origin.offset()) {
                disordered.add(line);
            }
        });
    }

    /** Whether any letter has to go before one that stands before it in the topic. */
    public boolean isNeeded() {
        return !disordered.isEmpty();
    }

    /** Remembers where the letter stands, if its group is one of those. After all letters were looked at. */
    public void remember(DeadLetter letter) {
        standing.origin(letter)
                .filter(origin -> disordered.contains(Line.of(letter.line(), origin)))
                .ifPresent(origin -> {
                    first.add(new Ordered(origin.offset(), letter.place()));
                    places.add(letter.place());
                });
    }

    /** The letters that go first, the earliest event before the others. */
    List<RecordPosition> first() {
        return first.stream()
                .sorted(Comparator.comparingLong(Ordered::origin))
                .map(Ordered::letter)
                .toList();
    }

    boolean isAmongTheFirst(DeadLetter letter) {
        return places.contains(letter.place());
    }

    private record Ordered(long origin, RecordPosition letter) {}
}
