package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import groupsync.deadletters.DeadLetterTool;
import groupsync.settings.SettingSources;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import groupsync.trial.EventsCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool for events shows what samples become, by the settings of the service. */
class EventsToolTest {

    private static final String DEBEZIUM = " --mapping mappings/debezium.jq ";
    private static final String RENAME = "{\"op\":\"u\",\"before\":{\"zoom_id\":\"g\",\"name\":\"Finance\"},"
            + "\"after\":{\"zoom_id\":\"g\",\"name\":\"Money\"}}";
    private static final String DELETE = "{\"op\":\"d\",\"before\":{\"zoom_id\":\"g\"},\"after\":null}";
    private static final String NUMBER = "{\"op\":\"c\",\"after\":{\"zoom_id\":\"g\",\"name\":5}}";

    @TempDir
    private Path directory;

    private final Map<String, String> settings = new HashMap<>();
    private String in = "";

    private record Run(int status, String out, String err) {}

    private Run run(String command) {
        var out = new ByteArrayOutputStream();
        var err = new StringWriter();
        var events = new EventsCommand(
                overrides -> {
                    var all = new HashMap<>(settings);
                    all.putAll(overrides);
                    return Tools.trial(SettingSources.ofProcess(all));
                },
                () -> DeadLetterTool.cluster(SettingSources.ofProcess(settings)),
                new Terminal(40, false, false, true),
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC));
        var program = Program.with(events.commandLine()).setErr(new PrintWriter(err));
        var arguments = Stream.concat(
                Stream.of("events", "try"),
                Stream.of(command.strip().split(" +")).filter(argument -> !argument.isEmpty()));
        var status = Program.execute(program, new Output(out), UTF_8, arguments.toArray(String[]::new));
        return new Run(status, out.toString(UTF_8), err.toString());
    }

    private String file(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Run runJson(String command) {
        return run(command + " --output json");
    }

    @Test
    void aTableHasARowForEachSampleAndCutsNoMessage() throws IOException {
        in = RENAME + "\n" + DELETE + "\n" + NUMBER + "\n";

        var run = run(DEBEZIUM);

        assertThat(run.out()).isEqualTo("""
                        SAMPLE  RESULT   UPDATE OR REASON
                        line 1  update   {"groupId":"g","name":"Money"}
                        line 2  ignored
                        line 3  refused  invalid-event: /name: 5 is not of type string; events.mapping made {"groupId":"g","name":5}
                        """);
        assertThat(run.err()).isEqualTo("update: 1, ignored: 1, refused: 1\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(Files.readString(Path.of("docs/mapping.md"))).contains(run.out() + run.err());
    }

    @Test
    void filesAreSamplesOfOneValueEach() {
        var rename = file("rename.json", Topics.json(RENAME.getBytes(UTF_8)).toPrettyString() + "\n");
        var delete = file("delete.json", DELETE);

        var run = runJson(DEBEZIUM + rename + " " + delete);

        assertThat(run.out())
                .isEqualTo("{\"sample\":\"" + rename
                        + "\",\"result\":\"update\",\"update\":{\"groupId\":\"g\",\"name\":\"Money\"}}\n"
                        + "{\"sample\":\"" + delete + "\",\"result\":\"ignored\"}\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void aRefusalHasReasonAndMessageInJson() {
        in = "{\"op\":";

        var run = runJson(DEBEZIUM + " -");

        assertThat(run.out())
                .startsWith(
                        "{\"sample\":\"line 1\",\"result\":\"refused\",\"reason\":\"malformed-json\",\"message\":\"")
                .contains("line 1, column");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aFilterThatFailsIsARefusal() {
        in = "[]";

        assertThat(runJson("--mapping " + file("m.jq", ".name")).out())
                .contains("\"reason\":\"invalid-event\"", "events.mapping fails: ");
    }

    @Test
    void anEmptyLineIsATombstone() {
        in = "\n" + RENAME;

        assertThat(runJson(DEBEZIUM).out().lines())
                .hasSize(2)
                .first()
                .isEqualTo("{\"sample\":\"line 1\",\"result\":\"ignored\"}");
    }

    @Test
    void theFilterSeesKeyHeadersTopicAndTime() {
        settings.put("topics.updates", "hr");
        in = "{}";
        var filter =
                file("m.jq", "{groupId: \"\\($key.id)-\\($headers.a)-\\($topic)-\\($timestamp)\", name: $headers.b}");

        var run = runJson("--mapping " + filter + " --key {\"id\":7} --header a=x --header b=y=z");

        assertThat(run.out()).contains("\"groupId\":\"7-x-hr-1700000000000\",\"name\":\"y=z\"");
    }

    @Test
    void withoutAMappingTheSamplesAreGroupUpdates() {
        in = "{\"eventId\":\"e\",\"groupId\":\"g\",\"name\":\"Money\"}";

        assertThat(runJson("").out())
                .contains("\"result\":\"update\",\"update\":{\"eventId\":\"e\",\"groupId\":\"g\",\"name\":\"Money\"}");
    }

    @Test
    void theMappingIsThatOfTheServiceByDefault() {
        settings.put("events.mapping", "mappings/debezium.jq");
        in = RENAME;

        assertThat(runJson("").status()).isZero();
        assertThat(runJson("--mapping " + file("m.jq", "empty")).out()).contains("\"ignored\"");
    }

    @Test
    void theSettingsOfTheServiceDecide() {
        settings.putAll(
                Map.of("zoom.groups", "contacts", "zoom.unsupported-fields", "drop", "events.group-names", "true"));
        settings.put("zoom.group-ids-file", file("ids.csv", "old,new\n"));
        in = """
                {"groupId":"old","type":"shared","description":"all","name":"n"}
                {"groupName":"Finance","description":"all"}
                """;

        var table = run("").out();

        assertThat(table.lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("update", "{\"groupId\":\"new\",", ", instead of group old"),
                        line -> assertThat(line)
                                .endsWith("update   {\"groupName\":\"Finance\",\"description\":\"all\"}"));
    }

    @Test
    void aFieldThatZoomsGroupsDoNotHaveIsRefusedOrLeftOut() {
        in = "{\"groupId\":\"g\",\"name\":\"n\",\"description\":\"all\"}";

        var refused = run("");
        settings.put("zoom.unsupported-fields", "drop");
        var dropped = run("");

        assertThat(refused.out()).contains("refused  unsupported-field: ");
        assertThat(dropped.out()).endsWith("update   {\"groupId\":\"g\",\"name\":\"n\"}, without description\n");
    }

    @Test
    void aWrongMappingIsOneLineWithTheFileAndThePlace() {
        var file = file("m.jq", "{groupId: .id");

        var run = run("--mapping " + file);

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "",
                        "events.mapping: " + file
                                + " holds no jq filter: Encountered \"<EOF>\" at line 1, column 13.\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--mapping missing.jq", "missing.json"})
    void aMissingFileIsOneLine(String command) {
        var run = run(command);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip()).hasLineCount(1).contains("missing.j", "cannot be read: ");
    }

    @Test
    void noSampleIsAFailure() {
        assertThat(run(DEBEZIUM)).isEqualTo(new Run(1, "", "standard input has no value\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--from-topic 0",
                "--from-topic x",
                "--from-topic 1 sample.json",
                "--from-topic 1 --key k",
                "--header a",
                "--output xml",
                "--nonsense"
            })
    void wrongUsageHasStatus2(String command) {
        assertThat(run(command).status()).isEqualTo(2);
    }

    @Test
    void theLastRecordsOfTheTopicAreReadAndNothingIsCommitted() {
        try (var topics = new Topics(TestBroker.brokers())) {
            settings.putAll(topics.settings());
            topics.createAll(2);
            for (var i = 0; i < 6; i++) {
                topics.sendAt(1_000L + i, "key-" + i, "{\"n\":" + i + "}");
            }
            topics.flush();
            topics.send("{\"id\":1}", "{\"n\":6}".getBytes(UTF_8), new RecordHeader("a", "x".getBytes(UTF_8)));
            var filter = file(
                    "m.jq", "{groupId: \"\\(.n)-\\($key|tojson)-\\($headers.a)-\\($timestamp < 2000)\", name: $topic}");

            var run = runJson("--from-topic 3 --mapping " + filter);

            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines().map(line -> Topics.json(line.getBytes(UTF_8))))
                    .extracting(
                            line -> line.at("/update/groupId").asText(),
                            line -> line.at("/update/name").asText())
                    .containsExactly(
                            tuple("4-\"key-4\"-null-true", topics.updates),
                            tuple("5-\"key-5\"-null-true", topics.updates),
                            tuple("6-{\"id\":1}-x-false", topics.updates));
            assertThat(run.out()).contains("{\"sample\":\"").containsPattern("\"sample\":\"[01]@\\d\"");
            assertThat(topics.lag()).isEqualTo(7);
        }
    }

    @Test
    void recordsAreFoundBehindAnAbortedTransaction() {
        try (var topics = new Topics(TestBroker.brokers())) {
            settings.putAll(topics.settings());
            topics.createAll(1);
            topics.send("k", RENAME.getBytes(UTF_8));
            for (var i = 0; i < 3; i++) {
                topics.transactions().abort("k", RENAME);
            }

            assertThat(runJson(DEBEZIUM + "--from-topic 1").out())
                    .contains("\"sample\":\"0@0\"")
                    .hasLineCount(1);
        }
    }

    @Test
    void anEmptyTopicIsAFailureAndSoAreMissingBrokers() {
        try (var topics = new Topics(TestBroker.brokers())) {
            settings.putAll(topics.settings());
            topics.createAll(1);

            var empty = run("--from-topic 1");
            settings.put("kafka.brokers", "127.0.0.1:1");
            var away = run("--from-topic 1");

            assertThat(empty).isEqualTo(new Run(1, "", "the topic " + topics.updates + " has no record\n"));
            assertThat(away.err()).startsWith("no broker answers at 127.0.0.1:1; check ");
            assertThat(away.status()).isEqualTo(1);
        }
    }
}
