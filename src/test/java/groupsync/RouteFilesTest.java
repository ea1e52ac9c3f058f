package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The route files read as their names say. */
class RouteFilesTest extends CamelTestSupport {

    private static final Path ROUTES = Path.of("routes");

    RouteFilesTest() {
        testConfiguration().withUseRouteBuilder(false);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        var main = GroupSyncApplication.create(Map.of("dry-run", "true", "management.port", "0"));
        main.configure().withAutoStartup(false);
        main.init();
        return main.getCamelContext();
    }

    private static List<String> files() throws IOException {
        try (var files = Files.list(ROUTES)) {
            return files.map(file -> file.getFileName().toString().replace(".camel.yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachFileHoldsOneDescribedRouteOfItsName() throws IOException {
        var routes = context.getRouteDefinitions();

        assertThat(routes).extracting(RouteDefinition::getId).containsExactlyInAnyOrderElementsOf(files());
        assertThat(routes)
                .allSatisfy(route -> assertThat(route.getDescriptionText()).isNotBlank());
        assertThat(routes).allSatisfy(route -> {
            var uri = route.getInput().getEndpointUri();
            if (uri.startsWith("direct:")) {
                assertThat(uri).isEqualTo("direct:" + route.getId());
            }
        });
    }
}
