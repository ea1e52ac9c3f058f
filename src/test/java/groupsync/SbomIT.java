package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bill of materials that the build writes. */
class SbomIT {

    private static final Path TARGET = Path.of("target");

    @Test
    void namesTheLibrariesThatTheServiceConsistsOfAndNoOthers() throws IOException {
        var bom =
                Topics.JSON.readTree(TARGET.resolve("zoom-group-sync.cdx.json").toFile());

        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        try (var libraries = Files.list(TARGET.resolve("lib"))) {
            assertThat(bom.path("components")
                            .valueStream()
                            .map(component -> component.path("name").asText() + "-"
                                    + component.path("version").asText() + ".jar"))
                    .containsExactlyInAnyOrderElementsOf(libraries
                            .map(library -> library.getFileName().toString())
                            .toList());
        }
    }
}
