package groupsync.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an event calls its group, where that is not the id of the group in Zoom.
 *
 * @param name of the group, if the event has it instead of the id
 * @param matchedName the name in Zoom, if another one than {@code name} was found
 * @param oldId the id in the event, if the group has another one by now
 */
public record GroupReference(
        @Nullable String name,
        @Nullable String matchedName,
        @Nullable String oldId) {

    /** By the id that the group has in Zoom. */
    public static final GroupReference BY_ID = new GroupReference(null, null, null);

    /** By a name; {@code found} is the one that the group has in Zoom. */
    static GroupReference byName(String name, String found) {
        return new GroupReference(name, name.equals(found) ? null : found, null);
    }

    /** By a name, an id, or both; {@code presentId} is the one that the group has in Zoom. */
    static GroupReference of(Optional<String> name, Optional<String> id, Optional<String> presentId) {
        return new GroupReference(name.orElse(null), null, id.equals(presentId) ? null : id.orElse(null));
    }
}
