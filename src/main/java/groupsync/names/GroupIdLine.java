package groupsync.names;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a table of group ids, a CSV file as in <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>.
 *
 * @param number of the line in the file, from 1
 * @param columns without the blanks around them
 * @param problem why the columns cannot be used; {@code null} if they can
 */
public record GroupIdLine(
        int number, List<String> columns, @Nullable String problem) {

    /** The names of the columns. */
    public static final List<String> HEADER = List.of("old_id", "new_id", "name");

    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final CsvSchema WITH_COMMENTS = CsvSchema.emptySchema().withComments();

    /**
     * Reads the lines of a file in UTF-8, with or without a byte order mark. Lines without a value, lines that begin
     * with # and the header are left out.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<GroupIdLine> read(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var lines = new ArrayList<GroupIdLine>();
        try (var parser = CSV.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            parser.setSchema(WITH_COMMENTS);
            read(parser, lines);
        }
        return lines;
    }

    private static void read(CsvParser parser, List<GroupIdLine> lines) throws IOException {
        var columns = new ArrayList<String>();
        var number = 1;
        var next = 1;
        try {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    number = columns.isEmpty() ? parser.currentTokenLocation().getLineNr() : number;
                    columns.add(parser.getText().strip());
                } else if (token == JsonToken.END_ARRAY) {
                    if (!columns.stream().allMatch(String::isEmpty) && !isHeader(columns)) {
                        lines.add(new GroupIdLine(number, List.copyOf(columns), problem(columns)));
                    }
                    columns.clear();
                }
                next = parser.currentLocation().getLineNr();
            }
        } catch (JsonProcessingException e) {
            var problem = "a quote in the wrong place, so the rest of the file is not read";
            lines.add(new GroupIdLine(columns.isEmpty() ? next : number, List.of(), problem));
        }
    }

    private static boolean isHeader(List<String> columns) {
        return columns.size() > 1 && columns.subList(0, 2).equals(HEADER.subList(0, 2));
    }

    private static @Nullable String problem(List<String> columns) {
        // Java's replacement of bytes that are none.
        return columns.stream().anyMatch(column -> column.contains("\uFFFD")) ? "not UTF-8" : null;
    }

    /** The old id of the group; empty if the line has none. */
    public String oldId() {
        return column(0);
    }

    /** The new id of the group; empty if the line has none. */
    public String newId() {
        return column(1);
    }

    /** The name of the group; empty if the line has none. */
    public String name() {
        return column(2);
    }

    private String column(int index) {
        return index < columns.size() ? columns.get(index) : "";
    }
}
