package groupsync.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between a setting of a group in Zoom and an update.
 *
 * @param from the value in Zoom, a text or a Boolean; {@code null} if Zoom's reply does not have it
 * @param to the value in the update
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(@Nullable Object from, Object to) {

    /** Of a text, in UTF-16 units, without the ellipsis. */
    private static final int LONGEST = 500;

    /**
     * The differences by setting, in the order of {@link GroupUpdate#FIELDS}. An equal setting has none.
     *
     * @param present the settings in Zoom, as far as they are known
     */
    public static Map<String, Difference> between(Map<String, Object> present, GroupUpdate update) {
        var differences = new LinkedHashMap<String, Difference>();
        update.fields().forEach((field, to) -> {
            var from = present.get(field);
            if (!to.equals(from)) {
                differences.put(field, new Difference(from == null ? null : shown(from), shown(to)));
            }
        });
        return Collections.unmodifiableMap(differences);
    }

    private static Object shown(Object value) {
        return value instanceof String text ? Excerpt.encodable(text, LONGEST) : value;
    }
}
