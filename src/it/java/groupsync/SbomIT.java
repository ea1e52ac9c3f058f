package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bill of materials of the build. */
class SbomIT {

    private static final Path TARGET = Path.of("target");

    @Test
    void namesTheLibrariesOfTheServiceAndNoOthers() throws IOException {
        var bom = bom();

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

    @Test
    void statesForEachKnownVulnerabilityWhyItDoesNotAffectTheService() throws IOException {
        var bom = bom();

        var vulnerability = bom.path("vulnerabilities").path(0);
        assertThat(vulnerability.path("id").asText()).isEqualTo("CVE-2026-85251");
        assertThat(vulnerability.path("analysis").path("state").asText()).isEqualTo("not_affected");
        assertThat(bom.path("components")
                        .valueStream()
                        .map(component -> component.path("bom-ref").asText()))
                .contains(vulnerability.path("affects").path(0).path("ref").asText());
    }

    private static JsonNode bom() throws IOException {
        return Topics.JSON.readTree(TARGET.resolve("zoom-group-sync.cdx.json").toFile());
    }
}
