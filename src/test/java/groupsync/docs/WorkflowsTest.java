package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What GitHub runs is what .ci/run runs. */
class WorkflowsTest {

    private static final Pattern STEPS = Pattern.compile("\nsteps=\"(.*)\"");
    private static final Pattern RELEASE = Pattern.compile("<maven.compiler.release>(\\d+)<");

    private final JsonNode jobs =
            ProjectFile.yaml(".github/workflows/build.yml").path("jobs");

    static Stream<Path> files() throws IOException {
        try (var files = Files.walk(Path.of(".github"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList().stream();
        }
    }

    private static String group(Pattern pattern, String file) {
        return pattern.matcher(ProjectFile.text(file))
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFileIsYaml(Path file) {
        assertThat(ProjectFile.yaml(file.toString()).isObject()).isTrue();
    }

    @Test
    void theTestsRunOnTheOldestJavaAndOnTheLaterLongTermReleases() {
        assertThat(texts(jobs.at("/verify/strategy/matrix/java")))
                .containsExactly(group(RELEASE, "pom.xml"), "21", "25");
        assertThat(jobs.at("/verify/steps")
                        .valueStream()
                        .map(step -> step.path("run").asText()))
                .contains(".ci/run verify");
    }

    @Test
    void eachStepOfCiRuns() {
        var longer = texts(jobs.at("/longer/strategy/matrix/step"));

        assertThat(Stream.concat(Stream.of("verify"), longer.stream()))
                .containsExactlyInAnyOrder(group(STEPS, ".ci/run").split(" "));
        assertThat(jobs.at("/longer/steps")
                        .valueStream()
                        .map(step -> step.path("run").asText()))
                .contains(".ci/run ${{ matrix.step }}");
    }

    @Test
    void noJobMayWriteAndEachActionHasItsVersion() {
        var workflow = ProjectFile.text(".github/workflows/build.yml");

        assertThat(workflow).contains("\npermissions:\n  contents: read\n").doesNotContain("write");
        assertThat(Pattern.compile("uses: (.*)").matcher(workflow).results().map((MatchResult use) -> use.group(1)))
                .isNotEmpty()
                .allMatch(action -> action.matches("actions/[a-z-]+@v\\d+"));
    }

    /** Dependabot refuses a file with a mistyped ecosystem as a whole. */
    @Test
    void theLibrariesTheImagesAndTheActionsAreUpdated() {
        var updates = ProjectFile.yaml(".github/dependabot.yml").path("updates");

        assertThat(updates.valueStream()
                        .map(update -> update.path("package-ecosystem").asText()))
                .containsExactly("maven", "docker", "docker-compose", "github-actions");
    }
}
