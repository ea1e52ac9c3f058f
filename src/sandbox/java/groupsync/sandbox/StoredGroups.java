package groupsync.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The groups of one family, with their settings. */
final class StoredGroups {

    /** By id. */
    private final ConcurrentSkipListMap<String, Map<String, String>> groups = new ConcurrentSkipListMap<>();

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile boolean anyGroup = true;

    /** Adds a group; from the first one on, only added groups exist. */
    void add(String id, Map<String, String> settings) {
        anyGroup = false;
        change(id, settings);
    }

    /** This group does not exist. */
    void remove(String id) {
        unknown.add(id);
    }

    boolean exists(String id) {
        return !unknown.contains(id) && (anyGroup || groups.containsKey(id));
    }

    Map<String, String> settings(String id) {
        return groups.getOrDefault(id, Map.of());
    }

    void change(String id, Map<String, String> settings) {
        groups.computeIfAbsent(id, any -> new ConcurrentHashMap<>()).putAll(settings);
    }

    /** The ids of the groups with settings, in their order. */
    List<String> ids() {
        return List.copyOf(groups.keySet());
    }

    /** Whether another group has this name; never while any group exists. */
    boolean isTaken(String name, String id) {
        return !anyGroup
                && groups.entrySet().stream()
                        .anyMatch(group -> !group.getKey().equals(id)
                                && name.equals(group.getValue().get("name")));
    }
}
