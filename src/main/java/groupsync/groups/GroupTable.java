package groupsync.groups;

import groupsync.tool.Terminal;
import groupsync.tool.TerminalText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Groups as a table that is as wide as the terminal. */
final class GroupTable {

    private static final String GAP = "  ";
    private static final int LONGEST_ID = 40;
    private static final int SHORTEST_NAME = 10;

    private final Terminal terminal;
    private final List<GroupRow> rows;
    private final List<Column> columns;

    GroupTable(Terminal terminal, List<GroupRow> rows) {
        this.terminal = terminal;
        this.rows = rows;
        var ids = Stream.of(column("OLD ID", GroupRow::oldId), column("NEW ID", GroupRow::newId))
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.value.apply(row).isEmpty()))
                .toList();
        var left = terminal.width()
                - ids.stream().mapToInt(column -> column.width + GAP.length()).sum();
        columns = Stream.concat(
                        ids.stream(), Stream.of(new Column("NAME", GroupRow::name, Math.max(SHORTEST_NAME, left))))
                .toList();
    }

    private Column column(String title, Function<GroupRow, String> value) {
        var longest = rows.stream()
                .mapToInt(row -> TerminalText.width(TerminalText.printable(value.apply(row))))
                .max()
                .orElse(0);
        return new Column(title, value, Math.min(LONGEST_ID, Math.max(title.length(), longest)));
    }

    Stream<String> lines() {
        return Stream.concat(
                Stream.of(terminal.bold(line(Column::title))),
                rows.stream().map(row -> line(column -> column.value.apply(row))));
    }

    private String line(Function<Column, String> cell) {
        return columns.stream()
                .map(column -> terminal.fit(cell.apply(column), column.width))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private record Column(String title, Function<GroupRow, String> value, int width) {}
}
