package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of all groups.
 *
 * @param names the name of each group by its id
 * @param next the token of the next page; {@code null} after the last one
 * @param problem why the page cannot be used; {@code null} if it can
 */
public record GroupPage(
        Map<String, String> names,
        @Nullable String next,
        @Nullable String problem) {

    private static final int LONGEST_ID = 256;

    /** @param groups each with the fields of these names */
    static Map<String, String> names(JsonNode groups, String idField, String nameField) {
        var names = new LinkedHashMap<String, String>();
        for (var group : groups) {
            var id = group.path(idField).asText();
            if (!id.isEmpty()
                    && id.length() <= LONGEST_ID
                    && group.path(nameField).isTextual()) {
                names.put(id, group.path(nameField).textValue());
            }
        }
        return names;
    }
}
