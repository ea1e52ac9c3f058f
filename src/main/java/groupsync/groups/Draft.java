package groupsync.groups;

import groupsync.names.GroupIdLine;
import groupsync.tool.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A draft of a table of group ids: the lines of a list of old groups, with the new ids of the groups of their names. */
final class Draft {

    private final Map<String, Set<String>> newIds = new HashMap<>();
    private final Map<String, Long> oldGroups;
    private final Function<String, Optional<String>> otherName;
    private final List<GroupRow> rows;
    private int unknown;
    private int ambiguous;

    /**
     * @param old the groups before the move
     * @param names of the present groups, by their ids
     * @param otherName that the group of a name may have now
     */
    Draft(List<GroupRow> old, Map<String, String> names, Function<String, Optional<String>> otherName) {
        this.otherName = otherName;
        names.forEach((id, name) ->
                newIds.computeIfAbsent(name.strip(), key -> new TreeSet<>()).add(id));
        oldGroups = old.stream().collect(Collectors.groupingBy(GroupRow::name, Collectors.counting()));
        rows = old.stream().map(this::withNewId).toList();
    }

    /**
     * The old groups in a file.
     *
     * @throws ToolException if the file cannot be read, or is no list of old groups
     */
    static List<GroupRow> read(Path file) {
        try {
            return GroupIdLine.read(file).stream().map(line -> row(line, file)).toList();
        } catch (IOException e) {
            throw new ToolException(file + " cannot be read: " + e, e);
        }
    }

    private static GroupRow row(GroupIdLine line, Path file) {
        if (line.problem() != null || line.oldId().isEmpty() || line.name().isEmpty()) {
            var problem = line.problem() == null ? "no old id or no name" : line.problem();
            throw new ToolException(file + ", line " + line.number() + ": " + problem);
        }
        return new GroupRow(line.oldId(), line.newId(), line.name());
    }

    List<GroupRow> rows() {
        return rows;
    }

    /** A new id that the list has already stays: an operator found it. */
    private GroupRow withNewId(GroupRow old) {
        if (!old.newId().isEmpty()) {
            return old;
        }
        var ids = ids(old.name());
        if (ids.isEmpty()) {
            unknown++;
        } else if (ids.size() > 1 || oldGroups.getOrDefault(old.name(), 1L) > 1) {
            ambiguous++;
        } else {
            return new GroupRow(old.oldId(), ids.iterator().next(), old.name());
        }
        return old;
    }

    private Set<String> ids(String name) {
        return Optional.ofNullable(newIds.get(name))
                .or(() -> otherName.apply(name).map(newIds::get))
                .orElse(Set.of());
    }

    /** For people: how many groups have a new id, and what to do about the others. */
    String summary() {
        var summary = rows.size() - unknown - ambiguous + " of " + rows.size() + " groups have a new id.";
        return unknown + ambiguous == 0
                ? summary
                : summary + " Without one: " + unknown + " whose name no contact group has, " + ambiguous
                        + " whose name is not unique. Fill in their new ids, or remove their lines.";
    }
}
