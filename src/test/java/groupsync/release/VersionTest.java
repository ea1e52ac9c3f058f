package groupsync.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void isThatOfThePom() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>zoom-group-sync</artifactId>\n  <version>" + Version.CURRENT + "</version>");
    }

    @Test
    void hasItsChanges() throws IOException {
        var heading = Version.CURRENT.endsWith("-SNAPSHOT") ? "Unreleased" : Version.CURRENT;

        assertThat(Files.readAllLines(Path.of("CHANGELOG.md")))
                .anyMatch(line -> line.startsWith("## [" + heading + "]"));
    }

    @Test
    void isAllThatZoomIsTold() {
        assertThat(Version.USER_AGENT).matches("zoom-group-sync/[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
    }
}
