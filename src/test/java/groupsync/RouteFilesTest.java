package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import groupsync.delivery.AccountThrottlerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultChannel;
import org.apache.camel.impl.engine.DefaultFactoryFinder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.DefaultProcessorFactory;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The route files: one route a file, canonical, and readable without the Java. */
class RouteFilesTest extends CamelTestSupport {

    private static final Path ROUTES = Path.of("routes");
    private static final String FAILURES = "failures";
    private static final JsonMapper JSON = new JsonMapper();

    RouteFilesTest() {
        testConfiguration().withUseRouteBuilder(false);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        return RoutesPicture.context();
    }

    static List<String> files() throws IOException {
        try (var files = Files.list(ROUTES)) {
            return files.map(file -> file.getFileName().toString().replace(".camel.yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROUTES.resolve(file + ".camel.yaml"));
    }

    @Test
    void eachFileHoldsOneDescribedRouteOfItsName() throws IOException {
        var routes = context.getRouteDefinitions();

        assertThat(Stream.concat(routes.stream().map(RouteDefinition::getId), Stream.of(FAILURES)))
                .containsExactlyInAnyOrderElementsOf(files());
        assertThat(routes)
                .allSatisfy(route -> assertThat(route.getDescriptionText()).isNotBlank());
        assertThat(routes).allSatisfy(route -> {
            var uri = route.getInput().getEndpointUri();
            if (uri.startsWith("direct:")) {
                assertThat(uri).isEqualTo("direct:" + route.getId());
            }
        });
    }

    /** Editors such as Kaoto open a file only if it is valid by this schema. */
    @ParameterizedTest
    @MethodSource("files")
    void eachFileIsValidByCamelsCanonicalSchema(String file) throws IOException {
        try (var canonical = getClass().getResourceAsStream("/schema/camelYamlDsl-canonical.json")) {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(JSON.readTree(canonical));
            var yaml = new Load(LoadSettings.builder().build()).loadFromString(text(file));

            var errors = schema.validate(JSON.<JsonNode>valueToTree(yaml));

            assertThat(errors).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noStepAsksForNull(String file) throws IOException {
        assertThat(text(file)).doesNotContain("null");
    }

    @Test
    void onlyTheFailuresFileHandlesErrors() throws IOException {
        for (var file : files()) {
            if (!file.equals(FAILURES)) {
                assertThat(text(file)).doesNotContain("errorHandler", "onException");
            }
        }
        assertThat(text(FAILURES)).contains("deadLetterChannel");
    }

    @Test
    void theThrottleStepIsTheThrottlerOfTheAccount() throws Exception {
        assertThat(List.of("patch-zoom-group", "compare-zoom-group"))
                .allSatisfy(file -> assertThat(text(file)).contains("- throttle:"));

        var factory = new DefaultFactoryFinder(context.getClassResolver(), DefaultProcessorFactory.RESOURCE_PATH)
                .findClass("ThrottleDefinition");

        assertThat(factory).contains(AccountThrottlerFactory.class);
    }

    /** A line of WARN at each start would hide the others. */
    @Test
    void camelWarnsOfNoStep() throws Exception {
        Configurator.setLevel(DefaultChannel.class.getName(), Level.WARN);
        var routes = RoutesPicture.context();
        try (var log = new LogLines(DefaultChannel.class)) {
            routes.start();

            assertThat(log.all()).isEmpty();
        } finally {
            routes.stop();
        }
    }

    @Test
    void theReadmeShowsThePictureOfTheRunningRoutes() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(RoutesPicture.mermaid(context));
    }

    @Test
    void theReadmeShowsTheRouteOfAnUpdate() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(text("apply-group-update"));
    }
}
