package groupsync.names;

import groupsync.event.GroupUpdateSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the table of group ids: the old and the new id of a group in each line, and further columns for people. */
final class GroupIdTable {

    private final GroupUpdateSchema schema;
    private final Map<String, Line> byOldId = new LinkedHashMap<>();
    /** By the number of the line. */
    private final Map<Integer, String> problems = new TreeMap<>();

    private GroupIdTable(GroupUpdateSchema schema) {
        this.schema = schema;
    }

    /**
     * The new ids by the old ones.
     *
     * @throws IOException if the file cannot be read, or has bad lines: the message names the file and each bad line
     */
    static Map<String, String> read(Path file, GroupUpdateSchema schema) throws IOException {
        var table = new GroupIdTable(schema);
        lines(file).forEach(table::add);
        table.findChains();
        if (!table.problems.isEmpty()) {
            throw new IOException(file + " has bad lines: " + table.badLines());
        }
        var ids = new HashMap<String, String>();
        table.byOldId.forEach((oldId, line) -> ids.put(oldId, line.newId));
        return Map.copyOf(ids);
    }

    private static List<GroupIdLine> lines(Path file) throws IOException {
        try {
            return GroupIdLine.read(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
    }

    private void add(GroupIdLine line) {
        var problem = problem(line);
        if (problem != null) {
            problems.put(line.number(), problem);
        }
    }

    private @Nullable String problem(GroupIdLine line) {
        if (line.problem() != null) {
            return line.problem();
        }
        if (line.columns().size() < 2) {
            return "fewer than two columns, which commas separate";
        }
        var oldId = line.oldId();
        var newId = line.newId();
        var problem = problem("old", oldId);
        problem = problem == null ? problem("new", newId) : problem;
        if (problem != null) {
            return problem;
        }
        var first = byOldId.putIfAbsent(oldId, new Line(line.number(), newId));
        return first == null || first.newId.equals(newId)
                ? null
                : "the old id of line " + first.number + " with another new id";
    }

    private @Nullable String problem(String which, String id) {
        return id.isEmpty()
                ? "no " + which + " id"
                : schema.problemOfGroupId(id)
                        .map(problem -> which + " id: " + problem)
                        .orElse(null);
    }

    /** An id that is old and new would be replaced once or twice, depending on the event. */
    private void findChains() {
        byOldId.forEach((oldId, line) -> {
            var other = byOldId.get(line.newId);
            if (other != null) {
                problems.put(line.number, "a new id that is the old id of line " + other.number);
            }
        });
    }

    /** Lines with the same problem together. */
    private String badLines() {
        var numbers = problems.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(line -> line.getKey().toString(), Collectors.joining(", "))));
        return numbers.entrySet().stream()
                .map(problem -> "line " + problem.getValue() + ": " + problem.getKey())
                .collect(Collectors.joining("; "));
    }

    private record Line(int number, String newId) {}
}
