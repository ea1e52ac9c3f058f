package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ZoomStandIn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped jar in a process of its own. */
class ServiceIT {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void appliesUpdatesWithSettingsFromTheEnvironmentAndShowsNoSecret() {
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        // With the lines of all libraries.
        groupSync.with("root.log.level", "trace");
        // From a deployment's template without a value.
        groupSync.with("zoom.max-concurrent-requests", "");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(1)).hasSize(1);
            stop(service);
            assertThat(service.output())
                    .contains("TRACE")
                    .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                    .doesNotContain("stand-in-token");
        }
        assertThat(groupSync.zoom().settings("g1")).containsEntry("name", "n");
    }

    @Test
    void exportsItsMetrics() {
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(1)).hasSize(1);
            await().until(() -> groupSync.metrics().value("zoom_group_sync_events_total", "status=applied") == 1);
            await().until(() -> groupSync.metrics().value("zoom_group_sync_kafka_up") == 1);
            assertThat(groupSync.metrics().value("jvm_memory_used_bytes")).isPositive();
            assertThat(groupSync.metrics().value("kafka_producer_record_send_total"))
                    .isEqualTo(1);
            // No warning of names or labels that clash.
            assertThat(service.output()).doesNotContain("MeterRegistry");
        }
    }

    @Test
    void stopsInTheMiddleOfItsWorkAndRepeatsNothing() {
        var events = 1_200;
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.with("zoom.max-concurrent-requests", "8");
        groupSync.sends(events, 100);

        try (var service = ServiceProcess.start(groupSync.settings())) {
            await().until(() -> groupSync.zoom().requests().size() > events / 3);
            stop(service);
        }
        var before = groupSync.zoom().requests().size();
        assertThat(before).isLessThan(events);
        assertThat(groupSync.topics().outcomes(0)).hasSize(before);
        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(events)).hasSize(events);
            await().until(() -> groupSync.topics().lag() == 0);
            assertThat(service.isAlive()).isTrue();
        }

        assertThat(groupSync.zoom().requests()).hasSize(events);
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    /** Each new instance starts before the old one stops, as production.md says. */
    @ParameterizedTest
    @CsvSource({"consumer, consumer", "classic, consumer"})
    void anUpgradeAndARollbackUnderLoadLoseNothingAndRepeatNothing(String oldProtocol, String newProtocol) {
        var events = 1_000;
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.with("zoom.requests-per-second", "100");
        groupSync.sends(events, 100);

        try (var old = version(oldProtocol)) {
            applied(150);
            try (var upgraded = version(newProtocol)) {
                applied(350);
                stop(old);
                applied(500);
                try (var rolledBack = version(oldProtocol)) {
                    applied(700);
                    stop(upgraded);
                    assertThat(groupSync.topics().outcomes(events)).hasSize(events);
                    await().until(() -> groupSync.topics().lag() == 0);
                    assertThat(rolledBack.isAlive()).isTrue();
                }
            }
        }

        assertThat(groupSync.zoom().requests()).hasSize(events);
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    private JavaProcess version(String protocol) {
        groupSync.with("consumer.group-protocol", protocol).with("management.port", "0");
        return ServiceProcess.start(groupSync.settings());
    }

    private void applied(int requests) {
        await().until(() -> groupSync.zoom().requests().size() > requests);
    }

    private static void stop(JavaProcess service) {
        service.terminate();
        assertThat(service.exitStatus(Patience.LONGEST)).isIn(0, 143);
    }

    /** With one request a second, most of the 32 concurrent updates would wait for longer than a stop may last. */
    @Test
    void aStopDoesNotWaitForUpdatesAtTheThrottler() {
        groupSync.with("zoom.requests-per-second", "1");
        groupSync.sends(100, 100);

        try (var service = ServiceProcess.start(groupSync.settings())) {
            await().until(() -> groupSync.zoom().requests().size() >= 2);
            stop(service);
        }

        var sent = groupSync.zoom().requests().size();
        assertThat(sent).isLessThan(20);
        assertThat(groupSync.topics().outcomes(0)).hasSize(sent);
        assertThat(groupSync.topics().lag()).isPositive();
    }

    /** As all night in an outage: a backlog that waits, and of which more is fetched already than may be in hand. */
    @Test
    void needsLittleProcessorTimeWhileUpdatesWait() {
        groupSync.with("zoom.requests-per-second", "1").with("consumer.batch-size", "100");
        groupSync.sends(2_000, 2_000);

        try (var service = ServiceProcess.start(groupSync.settings())) {
            await().until(() -> groupSync.zoom().requests().size() >= 3);
            var before = service.cpuTime();
            await().pollDelay(Duration.ofSeconds(6)).until(() -> true);

            assertThat(service.cpuTime().minus(before)).isLessThan(Duration.ofSeconds(2));
        }
    }

    /** More events than its heap holds, though their number is allowed. */
    @Test
    void appliesManyLargeEventsWithLittleMemory() {
        var events = 400;
        for (var i = 0; i < events; i++) {
            groupSync.topics().sendAsync("g" + i, "x".repeat(700_000));
        }
        groupSync.topics().flush();

        try (var service = ServiceProcess.start(groupSync.settings(), "-Xmx128m", "-XX:+ExitOnOutOfMemoryError")) {
            await().until(() -> !service.isAlive() || groupSync.topics().lag() == 0);

            assertThat(service.isAlive()).as(service.output()).isTrue();
            assertThat(groupSync.topics().outcomes(events)).hasSize(events);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zoom.requests-per-second | abc        | zoom.requests-per-second: 'abc' is not a whole number from 0",
                "zoom.response-timeout    | ten        | zoom.response-timeout: 'ten' is not a time from",
                "zoom.api-url             | zoom.us/v2 | zoom.api-url: 'zoom.us/v2' is not an http or https URL",
                "zoom.request-format      | xml        | zoom.request-format: 'xml' is not one of multipart, json",
                "zoom.group-ids-file      | no.csv     | zoom.group-ids-file: no.csv cannot be read: java.nio.file.NoSuch",
                "dry-run                  | yes        | dry-run: 'yes' is not one of false, true, compare",
                "zoom.client-secret       | ''         | zoom.client-secret: is missing",
            })
    void aWrongSettingStopsTheStartWithOneLine(String key, String value, String line) {
        var settings = new HashMap<>(groupSync.settings());
        settings.put(key, value);

        try (var service = ServiceProcess.start(settings)) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output().strip()).startsWith(line).hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dryrun = true | dryrun: is no setting; the nearest one is dry-run",
                "zoom.pause-probe-interval = 5s | zoom.pause-probe-interval: is no setting; the nearest one is"
                        + " zoom.pause.probe-interval",
                "\uFEFFdry-run = perhaps | dry-run: 'perhaps' is not one of false, true, compare",
            })
    void aWrongLineInTheFileStopsTheStartWithOneLine(String wrong, String line) {
        try (var service = ServiceProcess.startWithFile(groupSync.settings(), wrong)) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output().lines()).containsExactly(line);
        }
    }

    /** As a deployment sets them whose template has nothing to fill in. */
    @Test
    void blankVariablesAreAsIfNotSet() {
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync
                .with("zoom.request-format", "")
                .with("zoom.access-token-file", " ")
                .with("camel.component.kafka.sasl-password", "")
                .with("camel.component.kafka.security-protocol", "")
                .with("log.format", "")
                .with("log.level", " ");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(1)).as(service.output()).hasSize(1);
            assertThat(service.output()).contains(" INFO  ");
        }
    }

    /** The value of a mistyped key may be a password. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camel.component.kafka.sasl-passwort  | camel.component.kafka.saslPasswort",
                "camel.component.kafka.sasl-auth-type | camel.component.kafka.saslAuthType",
                "camel.main.auto-startupp             | camel.main.autoStartupp",
            })
    void aWrongKeyOfCamelsStopsTheStartWithOneLineThatDoesNotShowItsValue(String key, String camelsKey) {
        var settings = new HashMap<>(groupSync.settings());
        settings.put(key, "TopSecret-91");

        try (var service = ServiceProcess.start(settings)) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output()).doesNotContain("TopSecret-91");
            assertThat(service.output().lines().filter(said -> !said.contains(" INFO ")))
                    .containsExactly(camelsKey + ": is no setting of Camel's, or cannot be what it is set to");
        }
    }

    /** Like a machine that boots before its DNS. */
    @Test
    void waitsUntilTheNameOfItsBrokerIsKnown() {
        groupSync.with("kafka.brokers", "no-such-broker.invalid:9092");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            // From the first answer on, so that a roll-out waits.
            var first = await().pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> groupSync.health("/ready").statusCode(), status -> true);
            assertThat(first).isEqualTo(503);
            await().until(() -> service.output().contains("Kafka cannot be used"));
            assertThat(groupSync.health("").statusCode()).isEqualTo(503);
            assertThat(groupSync.health("").body()).contains("No resolvable bootstrap urls", "check kafka.brokers");
            assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
            await().pollDelay(Duration.ofSeconds(8)).until(service::isAlive);
            assertThat(service.output().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                    .hasSizeLessThan(4);
            stop(service);
            assertThat(service.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void readsCamelsKeysFromTheEnvironment() {
        var settings = new HashMap<>(groupSync.settings());
        settings.put("camel.component.kafka.security-protocol", "NONSENSE");

        try (var service = ServiceProcess.start(settings)) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output())
                    .contains("camel.component.kafka.*: Invalid value NONSENSE for configuration security.protocol")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aSystemPropertyOverridesTheFile() {
        var settings = Map.of("dry-run", "true");

        try (var service = ServiceProcess.start(settings, "-Dconsumer.batch-size=0")) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output()).startsWith("consumer.batch-size: '0' is not a whole number from 1");
        }
    }
}
