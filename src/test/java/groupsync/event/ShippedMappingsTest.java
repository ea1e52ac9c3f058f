package groupsync.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filters in {@code mappings} with samples of what their systems write. */
class ShippedMappingsTest {

    private static final Path MAPPINGS = Path.of("mappings");
    private static final Path SAMPLES = Path.of("src/test/resources/mappings");
    private static final JsonMapper JSON = new JsonMapper();
    /** Exit status of jq after a filter's error. */
    private static final int JQ_ERROR = 5;

    private record Sample(Path mapping, JsonNode sample) {

        byte[] value() throws IOException {
            return JSON.writeValueAsBytes(sample.path("value"));
        }

        /** Missing if the record is no update of a group. */
        JsonNode expected() {
            return sample.path("becomes");
        }

        /** Empty if the record is not refused. */
        String refusal() {
            return sample.path("refused").asText();
        }

        @Override
        public String toString() {
            return mapping.getFileName() + ": " + sample.path("sample").asText();
        }
    }

    private static List<Path> mappings() throws IOException {
        try (var files = Files.list(MAPPINGS)) {
            return files.sorted().toList();
        }
    }

    private static Stream<Sample> samples() throws IOException {
        return mappings().stream().flatMap(mapping -> {
            var file = mapping.getFileName().toString().replace(".jq", ".json");
            try {
                return JSON.readTree(SAMPLES.resolve(file).toFile())
                        .valueStream()
                        .map(sample -> new Sample(mapping, sample));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void eachHasSamplesOfBothKinds() throws IOException {
        assertThat(mappings())
                .hasSize(4)
                .allSatisfy(mapping -> assertThat(samples())
                        .filteredOn(sample -> sample.mapping().equals(mapping))
                        .anyMatch(sample -> sample.expected().isMissingNode())
                        .anyMatch(sample -> sample.expected().isObject()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void makesOfEachSampleWhatItSays(Sample sample) throws IOException {
        var mapped = EventMapping.in(sample.mapping()).map(Events.source(null, sample.value()));

        if (!sample.refusal().isEmpty()) {
            assertThat(((MappedRecord.Refused) mapped).message())
                    .isEqualTo("events.mapping fails: " + sample.refusal());
        } else if (sample.expected().isMissingNode()) {
            assertThat(mapped).isInstanceOf(MappedRecord.Foreign.class);
        } else {
            assertThat(((MappedRecord.Changed) mapped).json()).isEqualTo(sample.expected());
            assertThat(new GroupUpdateReader(new GroupUpdateSchema(true)).read(mapped))
                    .isInstanceOf(GroupUpdateEvent.Valid.class);
        }
    }

    /** Where Debian's package jq, or another one, is installed. */
    @ParameterizedTest
    @MethodSource("samples")
    void jqItselfMakesTheSame(Sample sample) throws IOException, InterruptedException {
        assumeTrue(isJqInstalled(), "jq is not installed");
        var jq = new ProcessBuilder(
                        "jq",
                        "-c",
                        "--argjson",
                        "key",
                        "null",
                        "--argjson",
                        "headers",
                        "{}",
                        "--arg",
                        "topic",
                        "updates",
                        "--argjson",
                        "timestamp",
                        "0",
                        "-f",
                        sample.mapping().toString())
                .redirectErrorStream(true)
                .start();
        try (var in = jq.getOutputStream()) {
            in.write(sample.value());
        }

        var output = new String(jq.getInputStream().readAllBytes(), UTF_8).strip();

        if (!sample.refusal().isEmpty()) {
            assertThat(jq.waitFor()).as(output).isEqualTo(JQ_ERROR);
            assertThat(output).startsWith("jq: error ").endsWith(": " + sample.refusal());
        } else {
            assertThat(jq.waitFor()).as(output).isZero();
            assertThat(output.isEmpty() ? null : JSON.readTree(output))
                    .isEqualTo(sample.expected().isMissingNode() ? null : sample.expected());
        }
    }

    private static boolean isJqInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq")));
    }
}
