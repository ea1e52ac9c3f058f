package groupsync.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** The section of the report about one scenario: a note and a table, in Markdown. */
final class Section {

    private final StringBuilder text = new StringBuilder();

    Section(String title, String note, String columns) {
        text.append("\n## ").append(title).append("\n\n").append(note).append("\n\n");
        row(columns);
        row(columns.replaceAll("[^|]+", " --- ").strip());
    }

    /** Adds a row. Of a {@code double}, it shows about three digits. */
    void row(Object... cells) {
        text.append(List.of(cells).stream()
                .map(cell -> cell instanceof Double number ? Numbers.text(number) : cell.toString())
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
