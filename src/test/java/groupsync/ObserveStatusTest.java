package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures for the page, in /observe/status. */
class ObserveStatusTest {

    private static final String HOSTILE = "<script>alert(1)</script>\u202E\\\"'&\u0007";

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    private String text() {
        var answer = groupSync.get("/observe/status");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return answer.body();
    }

    private JsonNode status() {
        try {
            return Topics.JSON.readTree(text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void letters(int count) {
        await().untilAsserted(() -> {
            var sum = 0;
            for (var reason : status().path("deadLetters")) {
                sum += reason.asInt();
            }
            assertThat(sum).isEqualTo(count);
        });
    }

    @Test
    void showsWhatIsAppliedWhatWaitsAndWhatZoomSays() {
        groupSync.with("zoom.requests-per-second", "40");
        groupSync.zoom().unknown("gone");
        groupSync.start();
        groupSync.sends(5, 5);
        groupSync.receives("gone");
        groupSync.isDone();
        letters(1);
        await().until(() -> status().path("waiting").asInt(-1) == 0);

        var status = status();

        assertThat(status.path("applied").asInt()).isEqualTo(5);
        assertThat(status.path("requestsPerSecond").asDouble()).isEqualTo(40);
        assertThat(status.path("accountRequestsPerSecond").asDouble()).isEqualTo(40);
        assertThat(status.path("oldestSeconds").asDouble(-1)).isZero();
        assertThat(status.path("answers").toString())
                .isEqualTo("[{\"verdict\":\"applied\",\"method\":\"PATCH\",\"status\":\"204\",\"count\":5},"
                        + "{\"verdict\":\"group_not_found\",\"method\":\"PATCH\",\"status\":\"404\",\"count\":1}]");
        assertThat(status.path("deadLetters").toString()).isEqualTo("{\"group-not-found\":1}");
        assertThat(status.path("partitions").toString()).isEqualTo("[0,1,2,3]");
        assertThat(status.path("ownedPartitions").asInt()).isEqualTo(4);
    }

    @Test
    void showsTheBacklogOfAPauseAndLeavesOutALimitThatThereIsNot() {
        groupSync.zoom().answersAlways(StandInReply.status(503));
        groupSync.with("zoom.requests-per-second", "0");
        groupSync.sends(30, 30);
        groupSync.start();
        groupSync.isPaused();

        await().until(() -> status().path("waiting").asInt() == 30);

        assertThat(status().path("oldestSeconds").asDouble()).isPositive();
        assertThat(status().has("requestsPerSecond")).isFalse();
        assertThat(status().path("answers").path(0).path("verdict").asText()).isEqualTo("unavailable");
    }

    @Test
    void namesThePlaceOfALetterForTheTool() {
        groupSync.start();
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"typo\":1}");
        letters(1);

        var letter = status().path("latestDeadLetters").path(0);

        assertThat(letter.path("place").asText()).isEqualTo("0@0");
        assertThat(letter.path("reason").asText()).isEqualTo("invalid-event");
        assertThat(letter.path("message").asText()).contains("/typo: is no field of a group update");
        assertThat(letter.path("groupId").asText()).isEqualTo("g1");
        assertThat(letter.path("at").asText()).endsWith("Z");
    }

    @Test
    void showsAGroupThatAComparisonDidNotFindAsNoDeadLetter() {
        groupSync.with("dry-run", "compare");
        groupSync.zoom().unknown("gone");
        groupSync.start();
        groupSync.receives("gone");
        groupSync.isDone();

        assertThat(status().path("latestDeadLetters")).isEmpty();
        assertThat(status().path("deadLetters")).isEmpty();
    }

    @Test
    void keepsTheLatestTwentyLettersWithTextsOfABoundedLength() {
        groupSync.zoom().answersFor("long", request -> StandInReply.zoom(404, 4130, "m".repeat(2_000)));
        groupSync.start();
        for (var i = 0; i < 30; i++) {
            groupSync.receives("long");
        }
        groupSync.receives("i".repeat(5_000), "{\"groupId\":\"" + "i".repeat(5_000) + "\",\"name\":\"n\"}");
        letters(31);

        var latest = status().path("latestDeadLetters");

        assertThat(latest).hasSize(20);
        assertThat(latest.path(0).path("place").asText()).matches("0@(30|29)");
        assertThat(text()).hasSizeLessThan(20 * 1_000);
    }

    @Test
    void showsNoEventAndNoSecretAndNoControlCharacter() throws JsonProcessingException {
        groupSync.start();
        var update = Topics.JSON.writeValueAsString(
                Map.of("groupId", "g1", "name", "name-7f3a", "eventId", "event-7f3a", "type", HOSTILE));
        groupSync.receives("g1", update);
        groupSync.receives("g2", Topics.JSON.writeValueAsString(Map.of("groupId", HOSTILE, "name", "name-7f3a")));
        letters(2);

        var latest = status().path("latestDeadLetters");

        assertThat(text()).doesNotContain("name-7f3a", "event-7f3a", ZoomStandIn.CLIENT_SECRET, "stand-in-token");
        assertThat(latest.findValuesAsText("message"))
                .anyMatch(message -> message.contains("<script>alert(1)</script>"))
                .noneMatch(message -> message.chars().anyMatch(Character::isISOControl));
    }
}
