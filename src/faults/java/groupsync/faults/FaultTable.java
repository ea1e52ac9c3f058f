package groupsync.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of the suite as a table in Markdown, {@code target/faults.md}, complete after each scenario. */
final class FaultTable {

    private static final Path FILE = Path.of("target", "faults.md");
    private static final String HEAD = """
            | fault | events | requests | repeated requests | dead letters | lost | overlaps | probes | time to resume |
            |---|---|---|---|---|---|---|---|---|
            """;
    private static final Map<String, Row> ROWS = new TreeMap<>();

    private FaultTable() {}

    static synchronized void add(Row row) {
        ROWS.put(row.fault, row);
        var lines = ROWS.values().stream().map(Row::line).toList();
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, HEAD + String.join("", lines) + "\nSeed: " + Seeds.FIRST + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(row.line());
    }

    record Row(
            String fault,
            int events,
            int requests,
            String repeated,
            int deadLetters,
            int lost,
            int overlaps,
            String probes,
            String resumed) {

        String line() {
            return "| "
                    + String.join(
                            " | ",
                            List.of(
                                    fault,
                                    String.valueOf(events),
                                    String.valueOf(requests),
                                    repeated,
                                    String.valueOf(deadLetters),
                                    String.valueOf(lost),
                                    String.valueOf(overlaps),
                                    probes,
                                    resumed))
                    + " |\n";
        }
    }
}
