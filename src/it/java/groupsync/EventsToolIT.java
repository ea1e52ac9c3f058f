package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped tool for events in a process of its own, without Kafka and without Zoom. */
class EventsToolIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private static String mapping(String name) {
        return Path.of("mappings", name).toAbsolutePath().toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static JavaProcess tool(List<String> arguments) {
        var all = new ArrayList<>(List.of("events", "try"));
        all.addAll(arguments);
        // Some samples have a description, which IM groups do not have.
        return ServiceProcess.start(Map.of("zoom.unsupported-fields", "drop"), all);
    }

    private static void assertEnds(int status, String output, String... arguments) {
        try (var tool = tool(List.of(arguments))) {
            assertThat(tool.exitStatus(Patience.LONGEST)).as(tool.output()).isEqualTo(status);
            assertThat(tool.output()).isEqualTo(output);
        }
    }

    @ParameterizedTest
    @CsvSource({"cloudevents, 0", "debezium, 0", "keycloak, 1", "template, 0"})
    void showsWhatAShippedMappingMakesOfItsSamples(String name, int status) throws IOException {
        var samples = JSON.readTree(
                Path.of("src", "test", "resources", "mappings", name + ".json").toFile());
        var arguments = new ArrayList<>(List.of("--mapping", mapping(name + ".jq"), "--output", "json"));
        var expected = new ArrayList<String>();
        for (var sample : samples) {
            arguments.add(file(expected.size() + ".json", sample.path("value").toPrettyString()));
            expected.add(result(sample));
        }

        try (var tool = tool(arguments)) {
            assertThat(tool.exitStatus(Patience.LONGEST)).as(tool.output()).isEqualTo(status);
            assertThat(tool.output().lines().map(line -> result(Topics.json(line.getBytes(UTF_8)))))
                    .isEqualTo(expected);
        }
    }

    /** Of a sample in the file, or of the line that the tool prints for it. */
    private static String result(JsonNode sample) {
        if (sample.has("refused") || sample.path("result").asText().equals("refused")) {
            return "refused";
        }
        var update = sample.has("becomes") ? sample.path("becomes") : sample.path("update");
        return update.isObject() ? ((ObjectNode) update).without("description").toString() : "ignored";
    }

    @Test
    void aRefusedSampleHasStatus1() throws IOException {
        var number = file("number.json", "{\"op\":\"c\",\"after\":{\"zoom_id\":\"g\",\"name\":5}}");

        assertEnds(
                1,
                "{\"sample\":\"" + number + "\",\"result\":\"refused\",\"reason\":\"invalid-event\",\"message\":"
                        + "\"/name: 5 is not of type string; events.mapping made {\\\"groupId\\\":\\\"g\\\",\\\"name\\\":5}\"}\n",
                "--mapping",
                mapping("debezium.jq"),
                "--output",
                "json",
                number);
    }

    @Test
    void aWrongMappingHasStatus1AndOneLine() throws IOException {
        var wrong = file("m.jq", "{groupId: .id");

        assertEnds(
                1,
                "events.mapping: " + wrong + " holds no jq filter: Encountered \"<EOF>\" at line 1, column 13.\n",
                "--mapping",
                wrong,
                file("sample.json", "{}"));
    }

    @Test
    void wrongUsageHasStatus2() {
        try (var tool = tool(List.of("--from-topic", "0"))) {
            assertThat(tool.exitStatus(Patience.LONGEST)).isEqualTo(2);
            assertThat(tool.output()).startsWith("--from-topic: 0 is not a number from 1 to 100000\n");
        }
    }
}
