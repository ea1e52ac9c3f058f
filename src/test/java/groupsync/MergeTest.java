package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Updates of one group that wait together become one request, on the shipped routes. */
class MergeTest {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeEach
    void mergesWhatWaitsForASlowThrottler() {
        groupSync.with("updates.merge", "true").with("zoom.requests-per-second", "2");
    }

    /** The first request takes the throttler's first turn, so that all that are meant to wait do wait. */
    private void others() {
        for (var i = 0; i < 4; i++) {
            groupSync.receives("other-" + i, "{\"groupId\":\"other-" + i + "\",\"name\":\"n\"}");
        }
    }

    private List<ReceivedRequest> requests(String group) {
        return groupSync.zoom().requests().stream()
                .filter(request -> request.groupId().equals(group))
                .toList();
    }

    private List<JsonNode> outcomes(String group, int all) {
        return groupSync.topics().outcomes(all).stream()
                .filter(outcome -> outcome.path("groupId").asText().equals(group))
                .sorted(Comparator.comparing(
                        outcome -> outcome.path("source").path("offset").asLong()))
                .toList();
    }

    @Test
    void sendsTheFieldsOfAllTheLaterOnesWinningAndTellsTheOutcomeOfEach() {
        others();
        groupSync.receives("g", "{\"eventId\":\"e1\",\"groupId\":\"g\",\"name\":\"one\",\"type\":\"shared\"}");
        groupSync.receives("g", "{\"eventId\":\"e2\",\"groupId\":\"g\",\"name\":\"two\",\"typo\":1}");
        groupSync.receives("g", "{\"eventId\":\"e3\",\"groupId\":\"g\",\"name\":\"three\",\"search_by_domain\":true}");

        groupSync.start();
        var outcomes = outcomes("g", 7);

        assertThat(requests("g")).hasSize(1);
        assertThat(requests("g").get(0).fields())
                .isEqualTo(Map.of("name", "three", "type", "shared", "search_by_domain", "true"));
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactly("APPLIED", "REJECTED", "APPLIED");
        assertThat(outcomes.get(0).path("mergedInto").asText()).isEqualTo("e3");
        assertThat(outcomes.get(2).has("mergedInto")).isFalse();
        assertThat(outcomes.get(0).path("trackingId")).isEqualTo(outcomes.get(2).path("trackingId"));
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void theRequestIsPartOfTheTraceOfItsLastEvent() {
        others();
        for (var i = 1; i <= 2; i++) {
            groupSync
                    .topics()
                    .send(
                            "g",
                            "{\"groupId\":\"g\",\"name\":\"n\"}".getBytes(UTF_8),
                            new RecordHeader("traceparent", trace(i).getBytes(UTF_8)));
        }

        groupSync.start();
        var outcomes = groupSync.topics().records(groupSync.topics().outcomes, count -> count >= 6, Patience.LONGEST);

        assertThat(requests("g")).hasSize(1);
        assertThat(requests("g").get(0).headers().get("traceparent")).containsExactly(trace(2));
        assertThat(outcomes)
                .extracting(outcome -> Topics.header(outcome, "traceparent"))
                .contains(trace(1), trace(2));
    }

    private static String trace(int number) {
        return "00-0af7651916cd43dd8448eb211c80319" + number + "-b7ad6b7169203331-01";
    }

    @Test
    void sendsOneByOneWhatZoomRefusesTogetherSoThatEachGetsItsOwnVerdict() {
        groupSync
                .zoom()
                .answersFor(
                        "g",
                        request -> request.fields().get("name").equals("taken")
                                ? StandInReply.zoom(409, 4132, "Group name taken is already in use.")
                                : new StandInReply.AsZoom());
        others();
        for (var name : List.of("one", "two", "taken")) {
            groupSync.receives("g", "{\"eventId\":\"" + name + "\",\"groupId\":\"g\",\"name\":\"" + name + "\"}");
        }

        groupSync.start();
        var outcomes = outcomes("g", 7);

        assertThat(requests("g"))
                .extracting(request -> request.fields().get("name"))
                .containsExactly("taken", "one", "two", "taken");
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactly("APPLIED", "APPLIED", "REJECTED");
        assertThat(outcomes).noneMatch(outcome -> outcome.has("mergedInto"));
        assertThat(groupSync.topics().deadLetters(1)).hasSize(1);
        assertThat(groupSync.zoom().settings("g")).containsEntry("name", "two");
    }

    @Test
    void theMoreThereIsToDoTheMoreIsMerged() {
        groupSync.with("zoom.requests-per-second", "200");
        for (var i = 0; i < 10_000; i++) {
            var group = "g" + i % 100;
            groupSync.topics().sendAsync(group, "{\"groupId\":\"" + group + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();

        groupSync.start();

        assertThat(groupSync.topics().outcomes(10_000)).hasSize(10_000);
        assertThat(groupSync.zoom().requests()).hasSizeLessThan(10_000 / 5);
        for (var i = 9_900; i < 10_000; i++) {
            assertThat(groupSync.zoom().settings("g" + i % 100)).containsEntry("name", String.valueOf(i));
        }
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }
}
