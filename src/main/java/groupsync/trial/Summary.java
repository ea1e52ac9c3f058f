package groupsync.trial;

import groupsync.trial.Result.Kind;
import java.util.EnumMap;
import java.util.Map;

/** Counts results. */
final class Summary {

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    void add(Result result) {
        counts.merge(result.result(), 1, Integer::sum);
    }

    boolean hasRefused() {
        return count(Kind.REFUSED) > 0;
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    @Override
    public String toString() {
        return "update: " + count(Kind.UPDATE) + ", ignored: " + count(Kind.IGNORED) + ", refused: "
                + count(Kind.REFUSED);
    }
}
