package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log of the jar, as text and as JSON. */
class LogsIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void logsOneLineForADeadLetterAndNoneForAnAppliedUpdate() {
        groupSync.zoom().unknown("gone");
        send("hr-1", "g1");
        send("hr-2", "gone");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(2)).hasSize(2);
            var lines = service.output().lines().toList();

            assertThat(lines)
                    .allMatch(line ->
                            line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ (INFO |WARN ) .*"))
                    .noneMatch(line -> line.contains("hr-1"));
            assertThat(lines.stream().filter(line -> line.contains("hr-2")))
                    .singleElement()
                    .asString()
                    .matches("\\S+ WARN  Delivery dead letter eventId=hr-2 groupId=gone source="
                            + groupSync.topics().updates
                            + "-\\d-0 reason=group-not-found message=\\[Group does not exist:gone\\.]");
        }
    }

    @Test
    void logsTheIdsOfADeadLetterAsFieldsOfJson() {
        groupSync.zoom().unknown("gone");
        send("hr-2", "gone");
        groupSync.with("log.format", "json");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            var outcome = groupSync.topics().outcomes(1).get(0);
            var letters =
                    json(service).stream().filter(line -> line.has("event.id")).toList();

            assertThat(letters).hasSize(1);
            var letter = letters.get(0);
            assertThat(letter.path("log.level").asText()).isEqualTo("WARN");
            assertThat(letter.path("service.name").asText()).isEqualTo("zoom-group-sync");
            assertThat(letter.path("message").asText()).startsWith("dead letter eventId=hr-2 groupId=gone source=");
            assertThat(letter.path("event.id").asText()).isEqualTo("hr-2");
            assertThat(letter.path("group.id").asText()).isEqualTo("gone");
            assertThat(letter.path("trace.id").asText()).isEqualTo(TRACE);
            assertThat(letter.path("zoom.tracking_id").asText())
                    .isNotEmpty()
                    .isEqualTo(outcome.path("trackingId").asText());
            assertThat(service.output())
                    .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                    .doesNotContain("stand-in-token");
        }
    }

    @Test
    void logsEachStepOfAnEventAtDebug() {
        groupSync.with("log.format", "json").with("log.level", "debug").with("updates.merge", "true");
        groupSync.zoom().answers(StandInReply.zoom(500, 1, "busy"));
        send("hr-1", "g1");
        send("hr-2", "g1");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(groupSync.topics().outcomes(2)).hasSize(2);
            await().until(() -> steps(service, "hr-2").contains("outcome published"));

            assertThat(steps(service, "hr-1"))
                    .containsSubsequence("received", "answered", "answered", "outcome published");
            assertThat(json(service).stream()
                            .filter(line -> line.path("event.id").asText().equals("hr-1"))
                            .map(line -> line.path("message").asText()))
                    .anyMatch(line -> line.contains("attempts=1") && line.contains("UNAVAILABLE http=500"))
                    .anyMatch(line -> line.contains("attempts=2") && line.contains("APPLIED http=204"));
            assertThat(service.output())
                    .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                    .doesNotContain("stand-in-token");
        }
    }

    @Test
    void logsThePauseWithItsTrackingIdAsJson() {
        groupSync.with("log.format", "json");
        groupSync.zoom().answersAlways(StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes"));
        send("hr-1", "g1");

        try (var service = ServiceProcess.start(groupSync.settings())) {
            await().until(() -> service.output().contains("paused part=zoom"));

            assertThat(json(service).stream()
                            .filter(line -> line.path("message").asText().startsWith("paused part=zoom")))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line.path("zoom.tracking_id").asText()).startsWith("v=2.0;"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "log.format | xml | LOG_FORMAT: 'xml' is not one of text, json",
                "log.level | loud | LOG_LEVEL: 'loud' is not one of off, fatal, error, warn, info, debug, trace, all",
                "root.log.level | 7 | ROOT_LOG_LEVEL: '7' is not one of off, fatal, error, warn, info, debug, trace,"
                        + " all"
            })
    void refusesAnUnknownFormatOrLevelInOneLine(String key, String value, String line) {
        groupSync.with(key, value);

        try (var service = ServiceProcess.start(groupSync.settings())) {
            assertThat(service.exitStatus(Patience.LONGEST)).isEqualTo(1);
            assertThat(service.output().lines()).containsExactly(line);
        }
    }

    private void send(String eventId, String groupId) {
        groupSync
                .topics()
                .send(
                        groupId,
                        ("{\"eventId\":\"" + eventId + "\",\"groupId\":\"" + groupId + "\",\"name\":\"n\"}")
                                .getBytes(StandardCharsets.UTF_8),
                        new RecordHeader(
                                "traceparent",
                                ("00-" + TRACE + "-b7ad6b7169203331-01").getBytes(StandardCharsets.UTF_8)));
    }

    /** The lines, each of them a JSON object. */
    private static List<JsonNode> json(JavaProcess service) {
        return service.output()
                .lines()
                .map(line -> Topics.json(line.getBytes(StandardCharsets.UTF_8)))
                .peek(line -> assertThat(line.isObject()).isTrue())
                .toList();
    }

    /** The messages about an event, without its ids. */
    private static List<String> steps(JavaProcess service, String eventId) {
        return json(service).stream()
                .filter(line -> line.path("event.id").asText().equals(eventId))
                .map(line -> line.path("message").asText().replaceFirst(" eventId=.*", ""))
                .toList();
    }
}
