package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.LogLines;
import groupsync.event.GroupUpdateSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A table of group ids whose file changes. */
class GroupIdsTest {

    private final LogLines log = new LogLines(GroupIds.class);

    @TempDir
    Path directory;

    private Path file;
    private GroupIds ids;

    @BeforeEach
    void read() throws IOException {
        file = Files.writeString(directory.resolve("ids.csv"), "a,b\n");
        ids = new GroupIds(file, new GroupUpdateSchema(true));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void refreshTwice() {
        ids.refresh();
        ids.refresh();
    }

    @Test
    void leavesOtherIdsAsTheyAre() {
        assertThat(ids.apply("a")).isEqualTo("b");
        assertThat(ids.apply("b")).isEqualTo("b");
        assertThat(ids.apply("x")).isEqualTo("x");
    }

    @Test
    void readsAChangedFileOnce() throws IOException {
        Files.writeString(file, "a,c\nx,y\n");

        refreshTwice();
        refreshTwice();

        assertThat(ids.apply("a")).isEqualTo("c");
        assertThat(ids.apply("x")).isEqualTo("y");
        assertThat(log.all())
                .containsExactly(
                        "INFO read the table of group ids: ids=1 file=" + file,
                        "INFO read the changed table of group ids: ids=2 file=" + file);
    }

    /** The half of it would be a good table. */
    @Test
    void doesNotReadAFileWhileItIsWritten() throws IOException {
        Files.writeString(file, "x,y\n");
        ids.refresh();
        Files.writeString(file, "x,y\na,c\n");
        ids.refresh();

        var whileItIsWritten = ids.apply("a");
        ids.refresh();

        assertThat(whileItIsWritten).isEqualTo("b");
        assertThat(ids.apply("a")).isEqualTo("c");
    }

    @Test
    void keepsTheFormerTableWhileTheFileHasBadLinesAndWarnsOnce() throws IOException {
        Files.writeString(file, "a,c\nx\ny,\n");

        refreshTwice();
        refreshTwice();
        var whileItIsBad = ids.apply("a");
        Files.writeString(file, "a,c\n");
        refreshTwice();

        assertThat(whileItIsBad).isEqualTo("b");
        assertThat(log.all())
                .filteredOn(line -> line.startsWith("WARN"))
                .containsExactly("WARN the former table of group ids stays in force: " + file
                        + " has bad lines: line 2: fewer than two columns, which commas separate; line 3: no new id");
        assertThat(ids.apply("a")).isEqualTo("c");
    }

    @Test
    void keepsTheFormerTableWhileTheFileIsMissing() throws IOException {
        Files.delete(file);

        refreshTwice();
        refreshTwice();
        var whileItIsMissing = ids.apply("a");
        Files.writeString(file, "a,c\n");
        refreshTwice();

        assertThat(whileItIsMissing).isEqualTo("b");
        assertThat(log.all())
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .contains(file + " cannot be read: java.nio.file.NoSuchFileException");
        assertThat(ids.apply("a")).isEqualTo("c");
    }

    /** An editor writes another file and gives it the name; a copy may keep time and size. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void seesAnotherFileOfTheSameTimeAndSize() throws IOException {
        var other = Files.writeString(directory.resolve("other.csv"), "a,c\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        refreshTwice();

        assertThat(ids.apply("a")).isEqualTo("c");
    }

    /** As Kubernetes mounts a ConfigMap: ids.csv leads to ..data/ids.csv, and ..data to a directory that is replaced. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void seesThatALinkOnTheWayLeadsElsewhere() throws IOException {
        var data = Files.createSymbolicLink(directory.resolve("..data"), version("..1", "a,b\n"));
        var link = Files.createSymbolicLink(directory.resolve("mounted.csv"), Path.of("..data", "ids.csv"));
        ids = new GroupIds(link, new GroupUpdateSchema(true));
        Files.delete(data);
        Files.createSymbolicLink(data, version("..2", "a,c\n"));

        refreshTwice();

        assertThat(ids.apply("a")).isEqualTo("c");
    }

    private Path version(String name, String csv) throws IOException {
        var version = Files.createDirectory(directory.resolve(name));
        Files.setLastModifiedTime(Files.writeString(version.resolve("ids.csv"), csv), FileTime.fromMillis(0));
        return version;
    }
}
