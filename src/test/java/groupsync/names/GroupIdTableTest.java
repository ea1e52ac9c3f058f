package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.GroupUpdateSchema;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines of a table of group ids are taken, and how the others are named. */
class GroupIdTableTest {

    @TempDir
    Path directory;

    private Map<String, String> read(String csv, Charset charset) throws IOException {
        var file = Files.writeString(directory.resolve("ids.csv"), csv, charset);
        return GroupIdTable.read(file, new GroupUpdateSchema(true));
    }

    private Map<String, String> read(String csv) throws IOException {
        return read(csv, StandardCharsets.UTF_8);
    }

    private void assertBadLines(String csv, String message) {
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(IOException.class)
                .hasMessage(directory.resolve("ids.csv") + " has bad lines: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesTheFirstTwoColumnsOfEachLine(String end) throws IOException {
        var csv = """
                \uFEFFold_id,new_id,name
                # of the accounting,not a line
                SobVexyrQjqCkcxjpBWi6w,dir.JquKVDGlQ9K6S0QVWGcysw,"Zürich, ""the"" group",more

                   \t
                ,,
                 old2 , dir.2
                "old3","dir.2",a "quoted" name
                old2,dir.2,again
                """.replace("\n", end);

        assertThat(read(csv))
                .isEqualTo(Map.of(
                        "SobVexyrQjqCkcxjpBWi6w", "dir.JquKVDGlQ9K6S0QVWGcysw", "old2", "dir.2", "old3", "dir.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "old_id,new_id\na,b", "\uFEFFa,b\r\n", "a,b,\"two\nlines\"\n#", "# a comment\na,b"})
    void needsNoHeaderAndNoLastLineEnd(String csv) throws IOException {
        assertThat(read(csv)).isEqualTo(Map.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "old_id,new_id,name\n", "# nothing yet\n"})
    void mayHaveNoIds(String csv) throws IOException {
        assertThat(read(csv)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a                       | line 1: fewer than two columns, which commas separate
            a;b                     | line 1: fewer than two columns, which commas separate
            ,b                      | line 1: no old id
            a,                      | line 1: no new id
            a, ,name                | line 1: no new id
            a/b,c                   | line 1: old id: 'a/b' is or holds a slash or backslash
            a,..                    | line 1: new id: '..' is or holds a relative path segment
            a,\u200b                | line 1: new id: '\u200b' is blank
            a,"b{n}c"               | line 1: new id: 'b\\nc' is or holds a control character
            a,b{n}a,c               | line 2: the old id of line 1 with another new id
            a,b{n}b,c               | line 1: a new id that is the old id of line 2
            b,c{n}a,b               | line 2: a new id that is the old id of line 1
            a,a                     | line 1: a new id that is the old id of line 1
            old_id,new_id{n}{n}a    | line 3: fewer than two columns, which commas separate
            a,b,"c{n}d"{n}e         | line 3: fewer than two columns, which commas separate
            a,b{n}"c,d{n}e,f{n}g    | line 2: a quote in the wrong place, so the rest of the file is not read
            a,b{n}c,"d{n}e,f{n}g    | line 2: a quote in the wrong place, so the rest of the file is not read
            a,b{n}"c"d,e{n}f        | line 2: a quote in the wrong place, so the rest of the file is not read
            """)
    void refusesABadLine(String csv, String message) {
        assertBadLines(csv.replace("{n}", "\n"), message);
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        assertBadLines("a," + "b".repeat(257), "line 1: new id: 257 characters are more than the most, 256");
    }

    @Test
    void namesEachBadLineAndOneProblemOnce() {
        assertBadLines("""
                old_id,new_id,name
                a,,Finance
                b,dir.b,Sales
                c,,"Two
                lines"
                b,dir.c,Sales
                d
                e,,Legal
                """, """
                line 2, 4, 8: no new id; line 6: the old id of line 3 with another new id; \
                line 7: fewer than two columns, which commas separate\
                """);
    }

    @Test
    void refusesALineInAnotherEncoding() {
        assertThatThrownBy(() -> read("a,b,Bern\nc,d,Zürich\n", StandardCharsets.ISO_8859_1))
                .hasMessageEndingWith("ids.csv has bad lines: line 2: not UTF-8");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        var missing = directory.resolve("missing.csv");

        assertThatThrownBy(() -> GroupIdTable.read(missing, new GroupUpdateSchema(true)))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + " cannot be read: java.nio.file.NoSuchFileException: " + missing);
    }
}
