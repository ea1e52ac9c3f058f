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
 * A line of a CSV file, as in <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>.
 *
 * @param number of the line in the file, from 1
 * @param columns without the blanks around them
 * @param problem why the columns cannot be used; {@code null} if they can
 */
public record CsvLine(
        int number, List<String> columns, @Nullable String problem) {

    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvParser.Feature.TRIM_SPACES)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    private static final CsvSchema WITH_COMMENTS = CsvSchema.emptySchema().withComments();

    /**
     * Reads the lines of a file in UTF-8, with or without a byte order mark. Lines without a value and lines that begin with
     * # are left out.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<CsvLine> read(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var lines = new ArrayList<CsvLine>();
        try (var parser = CSV.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            parser.setSchema(WITH_COMMENTS);
            read(parser, lines);
        }
        return lines;
    }

    private static void read(CsvParser parser, List<CsvLine> lines) throws IOException {
        var columns = new ArrayList<String>();
        var number = 1;
        var next = 1;
        try {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    number = columns.isEmpty() ? parser.currentTokenLocation().getLineNr() : number;
                    columns.add(parser.getText().strip());
                } else if (token == JsonToken.END_ARRAY) {
                    if (!columns.stream().allMatch(String::isEmpty)) {
                        lines.add(new CsvLine(number, List.copyOf(columns), problem(columns)));
                    }
                    columns.clear();
                }
                next = parser.currentLocation().getLineNr();
            }
        } catch (JsonProcessingException e) {
            var problem = "a quote in the wrong place, so the rest of the file is not read";
            lines.add(new CsvLine(columns.isEmpty() ? next : number, List.of(), problem));
        }
    }

    private static @Nullable String problem(List<String> columns) {
        // Java's replacement of bytes that are none.
        return columns.stream().anyMatch(column -> column.contains("\uFFFD")) ? "not UTF-8" : null;
    }
}
