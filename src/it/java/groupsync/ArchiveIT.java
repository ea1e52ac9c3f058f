package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.release.Version;
import groupsync.sandbox.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The release as an operator takes it: unpacked into an empty folder and started by its launcher. */
class ArchiveIT {

    private static final String NAME = "zoom-group-sync-" + Version.CURRENT;
    private static final Path ARCHIVE = Path.of("target", NAME + ".tar.gz");

    @TempDir
    static Path folder;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        var tar = new ProcessBuilder("tar", "xzf", ARCHIVE.toString(), "-C", folder.toString());
        assertThat(tar.inheritIO().start().waitFor()).isZero();
    }

    private static JavaProcess launch(Map<String, String> settings, String... arguments) {
        var command = new ArrayList<>(
                List.of(folder.resolve(NAME + "/bin/zoom-group-sync").toString()));
        command.addAll(List.of(arguments));
        return new JavaProcess(TemporaryDirectory.create("somewhere-else"), command, settings);
    }

    /** With the file beside the jar: the working directory has none. */
    @Test
    void appliesTheFirstUpdateWithItsOwnFileAndStopsCleanly() throws IOException {
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        var file = new StringBuilder();
        groupSync.settings().forEach((key, value) -> file.append(key + " = " + value + "\n"));
        Files.writeString(folder.resolve(NAME + "/application.properties"), file);

        try (var service = launch(Map.of("JAVA_OPTS", "-Xmx100m -Dzoom.retry.attempts=2"))) {
            assertThat(groupSync.topics().outcomes(1)).as(service.output()).hasSize(1);
            groupSync.isReady();
            assertThat(groupSync.health("").body()).contains("\"version\":\"" + Version.CURRENT + "\"");
            // 100 MiB, give or take what the collector keeps aside.
            assertThat(groupSync.metrics().value("jvm_memory_max_bytes", "area=heap"))
                    .isBetween(9e7, 1.1e8);
            service.terminate();
            assertThat(service.exitStatus(Patience.LONGEST)).isIn(0, 143);
        }
        assertThat(groupSync.zoom().settings("g1")).containsEntry("name", "n");
        assertThat(groupSync.topics().lag()).isZero();
    }

    @Test
    void handsItsArgumentsOnAndItsStatusBack() {
        try (var version = launch(Map.of(), "--version");
                var mistyped = launch(Map.of(), "dead-letters", "list", "--reason", "a b")) {
            assertThat(version.exitStatus(Patience.LONGEST)).isZero();
            assertThat(version.output()).isEqualTo("zoom-group-sync " + Version.CURRENT + "\n");
            assertThat(mistyped.exitStatus(Patience.LONGEST)).isEqualTo(2);
            assertThat(mistyped.output()).contains("'a b'");
        }
    }

    @Test
    void isFoundBehindASymbolicLink() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of(NAME, "bin", "zoom-group-sync"));

        try (var version = new JavaProcess(
                TemporaryDirectory.create("somewhere-else"), List.of(link.toString(), "--version"), Map.of())) {
            assertThat(version.exitStatus(Patience.LONGEST)).isZero();
        }
    }

    @Test
    void saysWhichJavaItNeedsAndWhichItFound() throws IOException {
        var old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.22\" 2024-01-16' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();

        try (var tooOld = launch(Map.of("JAVA_HOME", folder.resolve("old").toString()));
                var none = launch(Map.of("JAVA_HOME", folder.resolve("none").toString()))) {
            assertThat(tooOld.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(tooOld.output())
                    .isEqualTo("zoom-group-sync needs Java 17 or newer; " + old + " is 11.0.22. Set JAVA_HOME.\n");
            assertThat(none.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(none.output()).endsWith("/none/bin/java is not there. Set JAVA_HOME.\n");
        }
    }

    /** Otherwise two builds would not have the same bytes. */
    @Test
    void dependsOnNothingOfTheMachineThatBuiltIt() throws IOException, InterruptedException {
        var listing = Files.createTempFile(folder, "listing", ".txt");
        new ProcessBuilder("tar", "tvzf", ARCHIVE.toString(), "--utc", "--full-time")
                .redirectOutput(listing.toFile())
                .start()
                .waitFor();

        assertThat(Files.readAllLines(listing))
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(line)
                        .matches(
                                "(drwxr-xr-x|-rwxr-xr-x(?=.*/bin/zoom-group-sync$)|-rw-r--r--(?!.*/bin/)) root/root +\\d+ "
                                        + "2026-11-\\d\\d 00:00:00 " + NAME + "/.*"));
    }
}
