package groupsync.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change to a group: the group's id in Zoom and its changed settings.
 *
 * @param fields the changed settings, each a text or a Boolean, in the order of {@link #FIELDS}
 */
public record GroupUpdate(String groupId, Map<String, Object> fields) {

    /** All settings of a group that can change, in the order of a request to Zoom. No kind of group has all of them. */
    public static final List<String> FIELDS =
            List.of("name", "type", "description", "search_by_domain", "search_by_account", "search_by_ma_account");

    public GroupUpdate {
        var ordered = new LinkedHashMap<String, Object>();
        for (var field : FIELDS) {
            if (fields.containsKey(field)) {
                ordered.put(field, fields.get(field));
            }
        }
        fields = Collections.unmodifiableMap(ordered);
    }

    /** The group's new name; {@code null} if it does not change. */
    public @Nullable String name() {
        return (String) fields.get("name");
    }
}
