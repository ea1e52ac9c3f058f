package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.StandInReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shipped dead-letter tool in a process of its own, with letters of the service. */
class DeadLetterToolIT {

    private static final Duration LONGEST = Patience.LONGEST;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    /** The tool's settings, without credentials of Zoom, and with files of the service that do not exist. */
    private Map<String, String> settings() {
        var settings = new HashMap<>(groupSync.settings());
        settings.keySet().removeIf(key -> key.startsWith("zoom."));
        settings.put("events.group-names", "true");
        settings.put("zoom.client-secret-file", "/no/such/file");
        settings.put("zoom.ca-file", "/no/such/file");
        return settings;
    }

    private JavaProcess tool(String... arguments) {
        var all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        return ServiceProcess.start(settings(), all);
    }

    private String output(String... arguments) {
        try (var tool = tool(arguments)) {
            assertThat(tool.exitStatus(LONGEST)).as(tool.output()).isZero();
            return tool.output();
        }
    }

    /** Has the service refuse so many events, and returns their ids. */
    private List<String> letters(int count) {
        var events = IntStream.range(0, count).mapToObj(i -> "hr-" + i).toList();
        groupSync.start();
        for (var event : events) {
            groupSync
                    .topics()
                    .sendAsync(
                            event, "{\"eventId\":\"" + event + "\",\"groupId\":\"" + event + "\",\"type\":\"secret\"}");
        }
        groupSync.topics().flush();
        assertThat(groupSync.topics().deadLetters(count)).hasSize(count);
        groupSync.stop();
        return events;
    }

    /** The events of the replayed updates. */
    private List<String> replayed() {
        return groupSync.topics().records(groupSync.topics().updates, count -> true, Duration.ZERO).stream()
                .filter(update -> Topics.header(update, "dead-letter-replays") != null)
                .map(update -> Topics.json(update.value()).path("eventId").asText())
                .toList();
    }

    private static long sentBy(JavaProcess tool) {
        return tool.output()
                .lines()
                .filter(line -> line.startsWith("{\"letter\""))
                .count();
    }

    @Test
    void printsNothingButTheList() {
        letters(1);

        var list = output("list", "--output", "json");

        assertThat(list.strip()).hasLineCount(1);
        assertThat(json(list).path("eventId").asText()).isEqualTo("hr-0");
        assertThat(json(list).path("reason").asText()).isEqualTo("invalid-event");
    }

    private static JsonNode json(String line) {
        return Topics.json(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLetterIsReplayedAndAppliedOnceItsCauseHasEnded() {
        groupSync.zoom().answersFor("g1", request -> StandInReply.zoom(404, 4130, "Group does not exist:g1."));
        groupSync.start();
        groupSync.receives("g1", "{\"eventId\":\"hr-1\",\"groupId\":\"g1\",\"name\":\"n\"}");
        assertThat(groupSync.topics().deadLetters(1)).hasSize(1);

        var again = output("replay", "--yes");
        assertThat(groupSync.topics().deadLetters(2)).hasSize(2);
        groupSync.zoom().answersFor("g1", request -> new StandInReply.AsZoom());
        var atLast = output("replay", "--yes");

        assertThat(again).contains("1 sent.");
        assertThat(atLast).contains("1 sent.").containsPattern("replayed +1");
        assertThat(groupSync.topics().outcomes(3))
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactly("REJECTED", "REJECTED", "APPLIED");
        assertThat(Topics.header(groupSync.topics().deadLetters(2).get(1), "dead-letter-replays"))
                .isEqualTo("1");
        assertThat(groupSync.zoom().settings("g1")).containsEntry("name", "n");
    }

    /** The letter of the earlier update is the later one, since it was refused twice. */
    @Test
    void aReplayKeepsTheOrderOfAGroup() {
        groupSync.zoom().answersFor("g1", request -> StandInReply.zoom(409, 4132, "Group name n is already in use."));
        groupSync.start();
        groupSync.receives("g1", "{\"eventId\":\"hr-1\",\"groupId\":\"g1\",\"name\":\"old\"}");
        groupSync.receives("g1", "{\"eventId\":\"hr-2\",\"groupId\":\"g1\",\"name\":\"new\"}");
        assertThat(groupSync.topics().deadLetters(2)).hasSize(2);
        output("replay", "--yes", "--event", "hr-1");
        assertThat(groupSync.topics().deadLetters(3)).hasSize(3);
        groupSync.zoom().answersFor("g1", request -> new StandInReply.AsZoom());

        var replay = output("replay", "--yes");

        assertThat(replay).contains("2 sent.");
        assertThat(groupSync.topics().outcomes(5).subList(3, 5))
                .extracting(outcome -> outcome.path("eventId").asText())
                .containsExactly("hr-1", "hr-2");
        assertThat(groupSync.zoom().settings("g1")).containsEntry("name", "new");
    }

    @Test
    void sendsEachLetterOnceHoweverOftenItIsKilled() {
        var events = letters(300);

        var sent = 0L;
        for (var kill = 1; kill <= 3; kill++) {
            try (var tool = tool("replay", "--yes", "--rate", "1000", "--output", "json")) {
                var enough = 10 * kill;
                await().pollInterval(Duration.ofMillis(3))
                        .atMost(LONGEST)
                        .until(() -> sentBy(tool) >= enough || !tool.isAlive());
                tool.kill();
                assertThat(tool.exitStatus(LONGEST)).isEqualTo(137);
                sent += sentBy(tool);
            }
        }
        var sentBeforeTheLast = sent;
        output("replay", "--yes", "--rate", "1000");

        assertThat(sentBeforeTheLast).isBetween(60L, 299L);
        assertThat(replayed()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void finishesTheLetterInFlightAtASigterm() {
        var events = letters(40);

        long sent;
        try (var tool = tool("replay", "--yes", "--rate", "20", "--output", "json")) {
            await().atMost(LONGEST).until(() -> sentBy(tool) >= 5);
            tool.terminate();
            assertThat(tool.exitStatus(Patience.LONGEST)).isEqualTo(143);
            assertThat(tool.output()).contains("Interrupted; the same command goes on with the rest.");
            sent = sentBy(tool);
        }
        assertThat(sent).isBetween(5L, 39L);
        assertThat(replayed()).hasSize((int) sent);
        output("replay", "--yes", "--rate", "1000");

        assertThat(replayed()).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void printsACompletionForShells() {
        assertThat(output("generate-completion"))
                .contains("complete ", "zoom-group-sync", "--max-replays", "group-not-found");
    }

    @Test
    void printsHelpWithoutSettingsAndOneLineForAWrongOne() {
        try (var help = ServiceProcess.start(Map.of("kafka.brokers", ""), List.of("dead-letters", "replay", "--help"));
                var wrong = ServiceProcess.start(Map.of("topics.updates", "a b"), List.of("dead-letters", "list"));
                var camel = ServiceProcess.start(
                        Map.of("camel.component.kafka.security-protocol", "NONSENSE"),
                        List.of("dead-letters", "list"));
                var mistyped = ServiceProcess.start(Map.of(), List.of("dead-leters", "list"))) {
            assertThat(help.exitStatus(LONGEST)).isZero();
            assertThat(wrong.exitStatus(LONGEST)).isEqualTo(1);
            assertThat(camel.exitStatus(LONGEST)).isEqualTo(1);
            assertThat(mistyped.exitStatus(LONGEST)).isEqualTo(2);

            assertThat(help.output()).contains("--include-stale", "Exit status:");
            assertThat(wrong.output().strip())
                    .startsWith("topics.updates: 'a b' is not")
                    .hasLineCount(1);
            assertThat(camel.output().strip()).contains("NONSENSE").hasLineCount(1);
            assertThat(mistyped.output()).contains("Did you mean");
        }
    }
}
