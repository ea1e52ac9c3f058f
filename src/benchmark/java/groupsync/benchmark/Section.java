package groupsync.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The section of the report about one scenario: a note and a table, in Markdown. */
final class Section {

    private final StringBuilder markdown = new StringBuilder();

    Section(String title, String note, String columns) {
        markdown.append("\n## ").append(title).append("\n\n").append(note).append("\n\n");
        row(columns);
        row(columns.replaceAll("[^|]+", " --- ").strip());
    }

    /** Adds a row. Of a {@code double}, it shows about three digits. */
    void row(Object... cells) {
        markdown.append(List.of(cells).stream()
                .map(cell -> cell instanceof Double number ? text(number) : cell.toString())
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return markdown.toString();
    }

    /** About three digits, with commas. */
    static String text(double number) {
        var format = number >= 100 ? "%,.0f" : number >= 10 ? "%,.1f" : "%,.2f";
        return String.format(Locale.ROOT, format, number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    static String ratio(double number, double other) {
        return other == 0 ? "" : String.format(Locale.ROOT, "%.2f", number / other);
    }

    /** The value that this share of all is not above. */
    static double percentile(double[] values, double share) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
