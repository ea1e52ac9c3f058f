package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class-data archive, made and used with the commands of the Dockerfile. Without the option that silences them, Java 25 reports each
 * archive that it cannot use, and Java 17 only that of a changed jar.
 */
class ClassDataIT {

    @TempDir
    static Path app;

    @TempDir
    Path directory;

    private static Path jar;
    private static Path archive;

    /** Copies the jar and its libraries with their times, which an archive holds, and makes the archive. */
    @BeforeAll
    static void makeTheArchive() throws IOException {
        jar = copy("zoom-group-sync.jar");
        archive = app.resolve("zoom-group-sync.jsa");
        Files.createDirectory(app.resolve("lib"));
        try (var libraries = Files.list(Path.of("target", "lib"))) {
            libraries.forEach(library -> copy("lib/" + library.getFileName()));
        }
        try (var start = new JavaProcess(command("RUN"), Map.of())) {
            assertThat(start.exitStatus(Patience.LONGEST)).as(start.output()).isZero();
        }
    }

    @AfterEach
    void undo() {
        copy("zoom-group-sync.jar");
    }

    @Test
    void holdsTheClassesOfTheService() {
        assertThat(sourceOfTheService()).contains("shared objects file (top)");
    }

    @Test
    void isIgnoredInSilenceAfterAChangeOfTheJar() throws IOException {
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(sourceOfTheService()).contains("zoom-group-sync.jar");
    }

    /** The third word of an archive is the version of its format. */
    @Test
    void isIgnoredInSilenceIfItIsOfAnotherJvm() throws IOException {
        var content = ByteBuffer.wrap(Files.readAllBytes(archive)).putInt(2 * Integer.BYTES, 0);
        var other = Files.write(directory.resolve("other.jsa"), content.array());

        assertThat(sourceOfTheService(other)).contains("zoom-group-sync.jar");
    }

    @Test
    void mayBeMissing() {
        assertThat(sourceOfTheService(directory.resolve("missing.jsa"))).contains("zoom-group-sync.jar");
    }

    private String sourceOfTheService() {
        return sourceOfTheService(archive);
    }

    /** The place from which the JVM took the service's first class; all of its output is JSON. */
    private String sourceOfTheService(Path used) {
        var loaded = directory.resolve("loaded.txt");
        var command = command("ENTRYPOINT").stream()
                .map(argument -> argument.replace(archive.toString(), used.toString()))
                .toList();
        var settings = Map.of(
                "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded,
                "LOG_FORMAT", "json",
                "KAFKA_BROKERS", "127.0.0.1:1",
                "ZOOM_ACCESS_TOKEN", "none",
                "ZOOM_API_URL", "http://127.0.0.1:1/v2",
                "MANAGEMENT_PORT", "0",
                "CAMEL_MAIN_DURATION_MAX_SECONDS", "1");
        try (var service = new JavaProcess(command, settings)) {
            assertThat(service.exitStatus(Patience.LONGEST))
                    .as(service.output())
                    .isZero();
            assertThat(service.output().lines().filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"") && line.endsWith("}"));
            return Files.readAllLines(loaded).stream()
                    .filter(line -> line.contains(" groupsync.GroupSyncApplication "))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of Java in the Dockerfile's only command of this kind that is a list, with the paths of this test. */
    private static List<String> command(String instruction) {
        try {
            var found = Pattern.compile(
                            "^" + instruction + " (\\[\"java\".*zoom-group-sync\\.jar\"])$", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("Dockerfile")).replaceAll("\\\\\\n *", ""));
            assertThat(found.find()).isTrue();
            var command = Topics.JSON.readValue(found.group(1), new TypeReference<List<String>>() {});
            return command.subList(1, command.size()).stream()
                    .map(argument -> argument.replace("/app/", app + "/").replace("AtExit=", "AtExit=" + app + "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(String file) {
        try {
            return Files.copy(
                    Path.of("target").resolve(file),
                    app.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
