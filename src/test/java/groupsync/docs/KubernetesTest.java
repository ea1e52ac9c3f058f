package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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
    private final JsonNode pod = deployment.path("spec").path("template");
    private final JsonNode container = pod.path("spec").path("containers").path(0);

    private static JsonNode manifest(String file) {
        return read(MANIFESTS.resolve(file));
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper()
                    .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        var manifest = read(file);

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
        var labels = pod.path("metadata").path("labels");

        assertThat(labels).isNotEmpty();
        assertThat(Stream.of(
                        deployment.path("spec").path("selector"),
                        pod.path("spec")
                                .path("topologySpreadConstraints")
                                .path(0)
                                .path("labelSelector"),
                        manifest("base/pod-disruption-budget.yaml").path("spec").path("selector"),
                        manifest("base/network-policy.yaml").path("spec").path("podSelector")))
                .allSatisfy(selector -> assertThat(selector.path("matchLabels")).isEqualTo(labels));
    }

    @Test
    void theProbesAskForTheHealthOfTheService() {
        assertThat(container.path("ports").path(0).path("containerPort").asText())
                .isEqualTo(defaults().getProperty("management.port"));
        assertThat(Stream.of("startupProbe", "livenessProbe")
                        .map(probe -> container
                                .path(probe)
                                .path("httpGet")
                                .path("path")
                                .asText()))
                .containsOnly("/observe/health/live");
        assertThat(container.path("readinessProbe").path("httpGet").path("path").asText())
                .isEqualTo("/observe/health/ready");
    }

    @Test
    void thePodHasNoMoreRightsThanTheImageNeeds() throws IOException {
        var user = pod.path("spec").path("securityContext").path("runAsUser").asText();

        assertThat(Files.readString(Path.of("Dockerfile"))).contains("USER " + user + ":" + user);
        assertThat(pod.path("spec").path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(container
                        .path("securityContext")
                        .path("readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(texts(container.path("securityContext").path("capabilities").path("drop")))
                .containsExactly("ALL");
    }

    @Test
    void theConfigMapsHaveOnlySettings() {
        var keys = defaults().stringPropertyNames().stream()
                .map(key -> key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT))
                .toList();
        var set = Stream.of("base", "example")
                .map(folder -> manifest(folder + "/kustomization.yaml"))
                .flatMap(kustomization ->
                        texts(kustomization.path("configMapGenerator").path(0).path("literals")).stream())
                .map(literal -> literal.split("=", 2)[0])
                .toList();

        assertThat(set).isNotEmpty();
        assertThat(keys).containsAll(set);
    }

    @Test
    void theSecretIsInTheFileOfTheSetting() {
        var file = texts(manifest("base/kustomization.yaml")
                        .path("configMapGenerator")
                        .path(0)
                        .path("literals"))
                .get(0);

        assertThat(file)
                .isEqualTo("ZOOM_CLIENT_SECRET_FILE="
                        + container
                                .path("volumeMounts")
                                .path(1)
                                .path("mountPath")
                                .asText() + "/client-secret");
    }

    @Test
    void theServiceIsScaledByTheLagOfItsOwnGroup() {
        var trigger = manifest("keda/scaled-object.yaml")
                .path("spec")
                .path("triggers")
                .path(0)
                .path("metadata");

        assertThat(trigger.path("consumerGroup").asText()).isEqualTo(defaults().getProperty("consumer.group"));
        assertThat(trigger.path("topic").asText()).isEqualTo(defaults().getProperty("topics.updates"));
        assertThat(texts(manifest("example/kustomization.yaml")
                        .path("configMapGenerator")
                        .path(0)
                        .path("literals")))
                .anyMatch(literal -> literal.startsWith(
                        trigger.path("bootstrapServersFromEnv").asText() + "="));
    }

    private static Properties defaults() {
        var defaults = new Properties();
        try (var file = Files.newBufferedReader(Path.of("application.properties"))) {
            defaults.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return defaults;
    }
}
