package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests are valid, and fit the service. */
class KubernetesTest {

    private static final Path MANIFESTS = Path.of("kubernetes");
    private static final Map<String, Schema> SCHEMAS = Map.of(
            "Deployment", V1Deployment::validateJsonElement,
            "Namespace", V1Namespace::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "ServiceAccount", V1ServiceAccount::validateJsonElement);

    /** Refuses a missing field, and an unknown field. */
    private interface Schema {
        void validate(JsonElement manifest) throws IOException;
    }

    private final JsonNode deployment = manifest("base/deployment.yaml");
    private final JsonNode pod = deployment.at("/spec/template");
    private final JsonNode container = pod.at("/spec/containers/0");
    private final Properties defaults = ProjectFile.settings();

    private static JsonNode manifest(String file) {
        return ProjectFile.yaml("kubernetes/" + file);
    }

    static Stream<Path> manifests() throws IOException {
        try (var files = Files.walk(MANIFESTS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml")
                            && !file.endsWith("kustomization.yaml")
                            && !file.endsWith("scaled-object.yaml"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void eachManifestIsValid(Path file) throws IOException {
        var manifest = ProjectFile.yaml(file.toString());

        SCHEMAS.get(manifest.path("kind").asText()).validate(JsonParser.parseString(manifest.toString()));
    }

    @Test
    void kustomizeHasAllFiles() {
        var base = texts(manifest("base/kustomization.yaml").path("resources"));

        assertThat(base)
                .allSatisfy(file ->
                        assertThat(MANIFESTS.resolve("base").resolve(file)).exists());
        assertThat(base).hasSize(4);
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void eachSelectorSelectsThePodsOfTheService() {
        var labels = pod.at("/metadata/labels");

        assertThat(labels).isNotEmpty();
        assertThat(Stream.of(
                        deployment.at("/spec/selector"),
                        pod.at("/spec/topologySpreadConstraints/0/labelSelector"),
                        manifest("base/pod-disruption-budget.yaml").at("/spec/selector"),
                        manifest("base/network-policy.yaml").at("/spec/podSelector")))
                .allSatisfy(selector -> assertThat(selector.path("matchLabels")).isEqualTo(labels));
    }

    @Test
    void theProbesAskForTheHealthOfTheService() {
        assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(defaults.getProperty("management.port"));
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(probe ->
                                container.at("/" + probe + "/httpGet/path").asText()))
                .containsExactly("/observe/health/live", "/observe/health/live", "/observe/health/ready");
    }

    @Test
    void thePodHasNoMoreRightsThanTheImageNeeds() {
        var user = pod.at("/spec/securityContext/runAsUser").asText();
        var rights = container.path("securityContext");

        assertThat(ProjectFile.text("Dockerfile")).contains("USER " + user + ":" + user);
        assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(texts(rights.at("/capabilities/drop"))).containsExactly("ALL");
    }

    @Test
    void theConfigMapsHaveOnlySettings() {
        var keys = defaults.stringPropertyNames().stream()
                .map(key -> key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));

        assertThat(Stream.of("base", "example")
                        .flatMap(folder -> literals(folder).stream())
                        .map(literal -> literal.split("=", 2)[0]))
                .isNotEmpty()
                .isSubsetOf(keys.toList());
    }

    @Test
    void theSecretIsInTheFileOfTheSetting() {
        var folder = container.at("/volumeMounts/1/mountPath").asText();

        assertThat(literals("base").get(0)).isEqualTo("ZOOM_CLIENT_SECRET_FILE=" + folder + "/client-secret");
    }

    private static List<String> literals(String folder) {
        return texts(manifest(folder + "/kustomization.yaml").at("/configMapGenerator/0/literals"));
    }

    @Test
    void theServiceIsScaledByTheLagOfItsOwnGroup() {
        var trigger = manifest("keda/scaled-object.yaml").at("/spec/triggers/0/metadata");
        var brokers = trigger.path("bootstrapServersFromEnv").asText();

        assertThat(trigger.path("consumerGroup").asText()).isEqualTo(defaults.getProperty("consumer.group"));
        assertThat(trigger.path("topic").asText()).isEqualTo(defaults.getProperty("topics.updates"));
        assertThat(literals("example")).anyMatch(literal -> literal.startsWith(brokers + "="));
    }
}
