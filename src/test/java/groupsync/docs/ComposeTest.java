package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings in the environment of Compose reach the service: a lost DRY_RUN would change groups. */
class ComposeTest {

    private static final List<String> OF_LOGS = List.of("LOG_LEVEL", "ROOT_LOG_LEVEL", "LOG_FORMAT");

    /** The environment of a service, its own and the shared part. */
    private static Map<String, Object> environment(String service) {
        var own = ProjectFile.yaml("docker-compose.yml").at("/services/" + service + "/environment");
        Map<String, Object> environment = new HashMap<>();
        var merged = own.path("<<");
        (merged.isArray() ? merged : List.of(merged)).forEach(part -> environment.putAll(asMap(part)));
        environment.putAll(asMap(own));
        environment.remove("<<");
        return environment;
    }

    private static Map<String, Object> asMap(JsonNode environment) {
        return new JsonMapper().convertValue(environment, new TypeReference<>() {});
    }

    private static List<String> variables() {
        var variables = ProjectFile.settings().stringPropertyNames().stream()
                .filter(key -> !key.startsWith("camel."))
                .map(key -> key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
        return Stream.concat(variables, OF_LOGS.stream()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoom-group-sync", "zoom-group-sync-sandbox", "zoom-group-sync-hr"})
    void eachSettingIsHandedOn(String service) {
        assertThat(environment(service)).containsOnlyKeys(variables());
    }

    /** A variable without a value, here and in the environment of Compose, removes that of the image. */
    @ParameterizedTest
    @ValueSource(strings = {"zoom-group-sync", "zoom-group-sync-sandbox"})
    void noVariableOfTheImageIsRemoved(String service) {
        var image = Pattern.compile("^ENV (\\w+)=", Pattern.MULTILINE)
                .matcher(ProjectFile.text("Dockerfile"))
                .results()
                .map(variable -> variable.group(1))
                .toList();

        var environment = environment(service);
        environment.keySet().retainAll(image);

        assertThat(environment).containsKey("MANAGEMENT_ADDRESS").doesNotContainValue(null);
    }

    /** Port and address inside are fixed; Compose publishes the port that is set. */
    @Test
    void againstZoomNoSettingIsFixed() {
        var environment = environment("zoom-group-sync");

        assertThat(environment.remove("MANAGEMENT_PORT")).isEqualTo(9876);
        assertThat(environment.remove("MANAGEMENT_ADDRESS")).isEqualTo("0.0.0.0");
        assertThat(environment.remove("KAFKA_BROKERS")).isEqualTo("${KAFKA_BROKERS:-kafka:19092}");
        assertThat(environment)
                .allSatisfy((variable, value) -> assertThat(value).as(variable).isNull());
    }

    /** No request of the sandbox leaves the machine, whatever credentials and brokers are in the environment. */
    @ParameterizedTest
    @ValueSource(strings = {"zoom-group-sync-sandbox", "zoom-group-sync-hr"})
    void theSandboxConnectsOnlyToItsOwnStandInAndBroker(String service) {
        var environment = environment(service);

        assertThat(environment)
                .containsEntry("KAFKA_BROKERS", "kafka:19092")
                .containsEntry("ZOOM_API_URL", "http://zoom-stand-in:8080/v2")
                .containsEntry("ZOOM_TOKEN_URL", "http://zoom-stand-in:8080/oauth/token");
        assertThat(environment.keySet().stream()
                        .filter(variable -> variable.matches("ZOOM_.*(FILE|TOKEN|SECRET|ID|PROXY|USER|PASSWORD)")))
                .hasSizeGreaterThan(5)
                .allSatisfy(variable -> assertThat(environment.get(variable))
                        .as(variable)
                        .isNotNull()
                        .asString()
                        .doesNotContain("$"));
    }
}
