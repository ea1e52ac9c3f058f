package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.tools.AclCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar in its own process, and a real broker with an authorizer. Settings and rights are exactly those of
 * docs/security.md.
 */
class SecureKafkaIT {

    private static final String PAGE = page();

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static TokenStandIn tokens;
    private static SecureBroker broker;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeAll
    static void startBroker() {
        certificates = new Certificates(directory);
        tokens = new TokenStandIn();
        broker = new SecureBroker(directory, certificates, tokens);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        tokens.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SASL_SSL with SCRAM", "SASL_SSL with OAUTHBEARER", "Mutual TLS"})
    void appliesUpdatesWithTheSettingsOfThePageAndShowsNoSecret(String way) {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(4);
            rights().forEach(right -> allow(right, topics));
            topics.send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}".getBytes(StandardCharsets.UTF_8));
            topics.send("g2", "no JSON".getBytes(StandardCharsets.UTF_8));
            var settings = settings(way, topics);
            settings.put("log.level", "debug");
            settings.put("root.log.level", "info");

            try (var service = ServiceProcess.start(settings)) {
                assertThat(topics.outcomes(2)).as(service.output()).hasSize(2);
                assertThat(topics.deadLetters(1)).hasSize(1);
                await().until(() -> topics.lag() == 0);
                await().untilAsserted(() -> assertThat(groupSync.health("").statusCode())
                        .as(groupSync.health("").body())
                        .isEqualTo(200));
                assertThat(groupSync.zoom().settings("g1")).containsEntry("name", "n");
                assertThat(service.output() + commandLine(service))
                        .contains("-jar")
                        .doesNotContain(
                                SecureBroker.PASSWORD,
                                TokenStandIn.CLIENT_SECRET,
                                Certificates.PASSWORD,
                                ZoomStandIn.CLIENT_SECRET);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | the right to READ the topic UPDATES is missing",
                "1 | GroupAuthorizationException: Not authorized to access group: GROUP",
                "2 | the right to WRITE the topic OUTCOMES is missing",
                "3 | the right to WRITE the topic DEAD-LETTERS is missing",
            })
    void healthNamesTheMissingRightAndWorkResumesOnceItIsGranted(int missing, String cause) {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(1);
            var rights = new ArrayList<>(rights());
            var right = rights.remove(missing);
            rights.forEach(given -> allow(given, topics));
            topics.send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}".getBytes(StandardCharsets.UTF_8));
            topics.send("g2", "no JSON".getBytes(StandardCharsets.UTF_8));
            var named = cause.replace("UPDATES", topics.updates)
                    .replace("OUTCOMES", topics.outcomes)
                    .replace("DEAD-LETTERS", topics.deadLetters)
                    .replace("GROUP", topics.group);

            try (var service = ServiceProcess.start(settings("SASL_SSL with SCRAM", topics))) {
                await().ignoreExceptions()
                        .untilAsserted(() ->
                                assertThat(groupSync.health("/ready").body()).contains(named));
                assertThat(groupSync.health("/ready").statusCode()).isEqualTo(503);
                assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
                allow(right, topics);

                assertThat(topics.outcomes(2)).as(service.output()).hasSize(2);
                assertThat(topics.deadLetters(1)).hasSize(1);
                await().until(() -> groupSync.health("/ready").statusCode() == 200);
                await().until(() -> topics.lag() == 0);
                assertThat(service.output()).contains(named).doesNotContain("\tat ");
                assertThat(service.output().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
                        .as("logged once, and not at each try")
                        .hasSizeLessThan(8);
            }
        }
    }

    @Test
    void healthReportsAWrongPassword() {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(1);
            rights().forEach(right -> allow(right, topics));
            var settings = settings("SASL_SSL with SCRAM", topics);
            settings.put("CAMEL_COMPONENT_KAFKA_SASL_PASSWORD", "another-77aa");

            try (var service = ServiceProcess.start(settings)) {
                await().ignoreExceptions()
                        .untilAsserted(() -> assertThat(groupSync.health("").body())
                                .contains("invalid credentials with SASL mechanism SCRAM-SHA-512"));
                assertThat(groupSync.health("").statusCode()).isEqualTo(503);
                assertThat(service.output()).doesNotContain("another-77aa");
            }
        }
    }

    @Test
    void healthReportsABrokerThatCannotBeTrusted() {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(1);
            var settings = settings("SASL_SSL with SCRAM", topics);
            settings.remove("CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_TYPE");
            settings.remove("CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_LOCATION");

            try (var service = ServiceProcess.start(settings)) {
                await().ignoreExceptions()
                        .untilAsserted(() -> assertThat(groupSync.health("").body())
                                .contains("unable to find valid certification path"));
                assertThat(service.isAlive()).isTrue();
            }
        }
    }

    /** With the right to read the topic, and no right on a consumer group. */
    @ParameterizedTest
    @ValueSource(strings = {"SASL_SSL with SCRAM", "SASL_SSL with OAUTHBEARER", "Mutual TLS"})
    void theToolForEventsReadsTheTopic(String way) {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(2);
            allow(rights().get(0), topics);
            topics.send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}".getBytes(StandardCharsets.UTF_8));
            var command = List.of("events", "try", "--from-topic", "5", "--output", "json");

            try (var tool = ServiceProcess.start(settings(way, topics), command)) {
                assertThat(tool.exitStatus(Patience.LONGEST)).as(tool.output()).isZero();
                assertThat(tool.output().lines().filter(line -> line.startsWith("{")))
                        .singleElement()
                        .asString()
                        .contains("\"result\":\"update\",\"update\":{\"groupId\":\"g1\",\"name\":\"n\"}");
            }
        }
    }

    @Test
    void theToolForEventsNamesTheMissingRight() {
        try (var topics = new Topics(broker.open())) {
            topics.createAll(1);
            var command = List.of("events", "try", "--from-topic", "5");

            try (var tool = ServiceProcess.start(settings("SASL_SSL with SCRAM", topics), command)) {
                assertThat(tool.exitStatus(Patience.LONGEST)).as(tool.output()).isEqualTo(1);
                assertThat(tool.output()).contains(topics.updates).doesNotContain("\tat ", SecureBroker.PASSWORD);
            }
        }
    }

    /** The settings of the page, with the values of this test. */
    private Map<String, String> settings(String way, Topics topics) {
        var settings = new HashMap<>(groupSync.settings());
        settings.putAll(topics.settings());
        settings.put("kafka.brokers", way.startsWith("SASL") ? broker.sasl() : broker.tls());
        settings.put("zoom.pause.probe-interval", "1s");
        block(way).forEach(line -> {
            var setting = line.split("=", 2);
            settings.put(setting[0], here(setting[0], setting[1]));
        });
        return settings;
    }

    private static String here(String variable, String shown) {
        return switch (variable.replace("CAMEL_COMPONENT_KAFKA_", "")) {
            case "SASL_PASSWORD" -> SecureBroker.PASSWORD;
            case "OAUTH_CLIENT_SECRET" -> TokenStandIn.CLIENT_SECRET;
            case "OAUTH_TOKEN_ENDPOINT_URI" -> tokens.tokens();
            case "JAVA_TOOL_OPTIONS" -> shown.replaceFirst("https://.*", tokens.tokens());
            case "SSL_TRUSTSTORE_LOCATION" -> certificates.authority().toString();
            case "SSL_KEYSTORE_LOCATION" -> certificates.client().toString();
            default -> shown;
        };
    }

    private static List<String> rights() {
        return block("Rights").stream()
                .filter(line -> line.startsWith("acls --"))
                .toList();
    }

    /** Runs the command of the page, with Kafka's own tool. */
    private static void allow(String right, Topics topics) {
        var arguments = right.replaceFirst("acls ", "")
                .replace("zoom.im-groups.updates", topics.updates)
                .replace("zoom.im-groups.outcomes", topics.outcomes)
                .replace("zoom.im-groups.dead-letters", topics.deadLetters)
                .replace("--group zoom-group-sync", "--group " + topics.group);
        AclCommand.main(("--bootstrap-server " + broker.open() + " --add --allow-principal User:" + SecureBroker.USER
                        + " " + arguments)
                .split(" "));
    }

    /** The lines of the code block under a heading. */
    private static List<String> block(String heading) {
        var block = Pattern.compile("### " + Pattern.quote(heading) + "\n.*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(PAGE);
        assertThat(block.find()).as(heading).isTrue();
        return block.group(1).lines().toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs", "security.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line, which all users of the machine can see. */
    private static String commandLine(JavaProcess service) {
        return ProcessHandle.of(service.pid())
                .flatMap(process -> process.info().commandLine())
                .orElse("");
    }
}
