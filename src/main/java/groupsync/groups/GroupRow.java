package groupsync.groups;

import com.fasterxml.jackson.annotation.JsonInclude;
import groupsync.zoom.ContactGroups;
import groupsync.zoom.GroupsApi;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A group of the output. Texts are empty if they are not known, and then left out of JSON. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record GroupRow(String oldId, String newId, String name) {

    /**
     * The groups of an account in the order of their names. The ids of contact groups are new, and those of IM groups old.
     *
     * @param names by the id
     */
    static List<GroupRow> of(Map<String, String> names, GroupsApi api) {
        var areNew = api instanceof ContactGroups;
        return names.entrySet().stream()
                .map(group ->
                        new GroupRow(areNew ? "" : group.getKey(), areNew ? group.getKey() : "", group.getValue()))
                .sorted(Comparator.comparing(GroupRow::name)
                        .thenComparing(GroupRow::oldId)
                        .thenComparing(GroupRow::newId))
                .toList();
    }
}
