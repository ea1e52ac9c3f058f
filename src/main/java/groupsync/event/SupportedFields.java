package groupsync.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of events that the groups in Zoom have, and what happens to an event with others.
 *
 * @param groups as they are called in messages, such as "contact groups"
 * @param names of {@link GroupUpdate#FIELDS}
 * @param dropsOthers whether other fields are dropped and the rest is applied; otherwise the event is refused
 */
public record SupportedFields(String groups, Set<String> names, boolean dropsOthers) {

    /** All fields. */
    public static final SupportedFields ALL = new SupportedFields("groups", Set.copyOf(GroupUpdate.FIELDS), false);

    /**
     * Removes the fields that the groups do not have, and returns their names.
     *
     * @throws InvalidGroupUpdateException if the event is refused because of them, or no other field is left
     */
    List<String> removeOthers(Map<String, Object> fields) throws InvalidGroupUpdateException {
        var others = new ArrayList<>(fields.keySet());
        others.removeAll(names);
        fields.keySet().removeAll(others);
        if (!others.isEmpty() && (!dropsOthers || fields.isEmpty())) {
            throw new InvalidGroupUpdateException(
                    Reason.UNSUPPORTED_FIELD,
                    groups + " have no " + String.join(", ", others)
                            + (dropsOthers
                                    ? ", and the event changes nothing else"
                                    : "; remove that from the event, or set zoom.unsupported-fields=drop"));
        }
        return List.copyOf(others);
    }
}
