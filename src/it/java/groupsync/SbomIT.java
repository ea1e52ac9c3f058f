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

    /** Camel's connector for its command line obeys each process of the same user, and its console shows settings. */
    @Test
    void hasNoConnectorForCamelsCommandLine() throws IOException {
        try (var libraries = Files.list(TARGET.resolve("lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(library -> library.matches("camel-(cli-connector|console|management)-\\d.*"));
        }
    }

    @Test
    void namesTheLicenceOfTheServiceAndOfEachLibrary() throws IOException {
        var bom = bom();

        assertThat(bom.at("/metadata/component/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        // A licence of another kind wants a look: these only want to be named, and the texts are in the jars.
        assertThat(bom.path("components").valueStream())
                .isNotEmpty()
                .allSatisfy(component -> assertThat(component
                                .path("licenses")
                                .valueStream()
                                .map(choice -> choice.at("/license/id").asText()))
                        .as(component.path("name").asText())
                        .containsAnyOf("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0"));
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
