package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates of one group that wait at the same time become one request. */
class MergeTest extends ShippedRoutes {

    @BeforeEach
    void mergesWhatWaitsForASlowThrottler() {
        groupSync.with("updates.merge", "true").with("zoom.requests-per-second", "2");
    }

    /** These take the first slots of the limit, so that the updates of the test wait together. */
    private void others() {
        for (var i = 0; i < 4; i++) {
            groupSync.receives("other-" + i);
        }
    }

    private List<ReceivedRequest> requestsFor(String group) {
        return zoom.requests().stream()
                .filter(request -> request.groupId().equals(group))
                .toList();
    }

    private List<JsonNode> outcomes(String group, int all) {
        return topics.outcomes(all).stream()
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

        assertThat(requestsFor("g")).hasSize(1);
        assertThat(requestsFor("g").get(0).fields())
                .isEqualTo(Map.of("name", "three", "type", "shared", "search_by_domain", "true"));
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactly("APPLIED", "REJECTED", "APPLIED");
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("attempts").asInt())
                .containsExactly(1, 0, 1);
        assertThat(outcomes.get(0).path("mergedInto").asText()).isEqualTo("e3");
        assertThat(outcomes.get(2).has("mergedInto")).isFalse();
        assertThat(outcomes.get(0).path("trackingId")).isEqualTo(outcomes.get(2).path("trackingId"));
        groupSync.isDone();
        assertThat(groupSync.metric("merged_events_total")).isEqualTo(1);
        assertThat(groupSync.metric("requests_total")).isEqualTo(5);
    }

    @Test
    void theRequestIsPartOfTheTraceOfItsLastEvent() {
        others();
        for (var i = 1; i <= 2; i++) {
            topics.send(
                    "g",
                    "{\"groupId\":\"g\",\"name\":\"n\"}".getBytes(UTF_8),
                    new RecordHeader("traceparent", trace(i).getBytes(UTF_8)));
        }

        groupSync.start();
        var outcomes = topics.records(topics.outcomes, count -> count >= 6, Patience.LONGEST);

        assertThat(requestsFor("g")).hasSize(1);
        assertThat(requestsFor("g").get(0).headers().get("traceparent")).containsExactly(trace(2));
        assertThat(outcomes)
                .extracting(outcome -> Topics.header(outcome, "traceparent"))
                .contains(trace(1), trace(2));
    }

    private static String trace(int number) {
        return "00-0af7651916cd43dd8448eb211c80319" + number + "-b7ad6b7169203331-01";
    }

    @Test
    void sendsOneByOneWhatZoomRefusesTogetherSoThatEachGetsItsOwnVerdict() {
        zoom.answersFor(
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

        assertThat(requestsFor("g"))
                .extracting(request -> request.fields().get("name"))
                .containsExactly("taken", "one", "two", "taken");
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactly("APPLIED", "APPLIED", "REJECTED");
        assertThat(outcomes).noneMatch(outcome -> outcome.has("mergedInto"));
        assertThat(topics.deadLetters(1)).hasSize(1);
        assertThat(zoom.settings("g")).containsEntry("name", "two");
    }
}
