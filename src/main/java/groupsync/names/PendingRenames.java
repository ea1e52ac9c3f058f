package groupsync.names;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which names the updates in hand give to which groups. */
final class PendingRenames {

    /** How many updates do so. */
    private final Map<String, Map<String, Integer>> namesByGroup = new HashMap<>();

    private final Map<String, Map<String, Integer>> groupsByName = new HashMap<>();

    void add(String group, String name) {
        namesByGroup.computeIfAbsent(group, key -> new HashMap<>()).merge(name, 1, Integer::sum);
        groupsByName.computeIfAbsent(name, key -> new HashMap<>()).merge(group, 1, Integer::sum);
    }

    void remove(String group, String name) {
        remove(namesByGroup, group, name);
        remove(groupsByName, name, group);
    }

    private static void remove(Map<String, Map<String, Integer>> counts, String from, String what) {
        counts.computeIfPresent(from, (key, counted) -> {
            counted.computeIfPresent(what, (other, count) -> count == 1 ? null : count - 1);
            return counted.isEmpty() ? null : counted;
        });
    }

    Set<String> names(String group) {
        return namesByGroup.getOrDefault(group, Map.of()).keySet();
    }

    Set<String> groups(String name) {
        return groupsByName.getOrDefault(name, Map.of()).keySet();
    }
}
