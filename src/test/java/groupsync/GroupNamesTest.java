package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that name their group. */
class GroupNamesTest extends ShippedRoutes {

    @BeforeEach
    void switchOn() {
        groupSync.with("events.group-names", "true");
    }

    /** All in one partition. */
    private void receives(String... updates) {
        for (var update : updates) {
            topics.sendAsync("k", update.replace('\'', '"'));
        }
        topics.flush();
    }

    private List<JsonNode> outcomes(int wanted, String status) {
        var outcomes = topics.outcomes(wanted);
        assertThat(outcomes)
                .hasSize(wanted)
                .allMatch(outcome -> outcome.path("status").asText().equals(status), status);
        return outcomes;
    }

    @Test
    void listsAllGroupsOnce() {
        // Longer than any other reply of Zoom.
        for (var i = 0; i < 1_000; i++) {
            zoom.group("id-" + i, "Group " + i);
        }
        for (var i = 0; i < 100; i++) {
            topics.sendAsync("k" + i, "{\"groupName\":\"Group " + i + "\",\"name\":\"Group " + i + "\"}");
        }
        topics.flush();

        groupSync.start();

        assertThat(outcomes(100, "APPLIED"))
                .allSatisfy(outcome -> assertThat(outcome.path("groupId").asText())
                        .isEqualTo(outcome.path("groupName").asText().replace("Group ", "id-")));
        assertThat(zoom.lists()).isEqualTo(1);
        assertThat(groupSync.metric("requests_total", "method=GET", "verdict=found", "status=200"))
                .isEqualTo(1);
    }

    @Test
    void keysTheOutcomeByTheIdThatWasFound() {
        zoom.group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        outcomes(1, "APPLIED");
        var published = topics.records(topics.outcomes, count -> count >= 1, Duration.ZERO);
        assertThat(published)
                .extracting(
                        outcome -> new String(outcome.key(), UTF_8), outcome -> Topics.header(outcome, "ce_subject"))
                .containsExactly(tuple("g1", "g1"));
    }

    @Test
    void refusesANameOfNoGroupOrOfSeveral() {
        zoom.group("g1", "Finance").group("g2", "Twins").group("g3", "Twins");
        receives("{'groupName':'finance','name':'n'}", "{'groupName':'Twins','name':'n'}");

        groupSync.start();

        assertThat(topics.deadLetters(2))
                .extracting(
                        letter -> Topics.header(letter, "dead-letter-reason"),
                        letter -> Topics.header(letter, "dead-letter-message"),
                        letter -> letter.headers().lastHeader("dead-letter-group-id"))
                .containsExactlyInAnyOrder(
                        tuple(
                                "group-not-found",
                                "no group has the name 'finance'; one has the name 'Finance', which differs in case or"
                                        + " blanks",
                                null),
                        tuple("group-ambiguous", "2 groups have the name 'Twins': g2, g3", null));
        assertThat(outcomes(2, "REJECTED"))
                .allMatch(outcome -> outcome.path("attempts").asInt() == 0)
                .allMatch(outcome -> outcome.has("groupName") && !outcome.has("groupId"));
        assertThat(requests("PATCH")).isEmpty();
        groupSync.isDone();
    }

    @Test
    void resolvesANameAfterTheRenamesBeforeIt() {
        zoom.group("g1", "Finance").group("g2", "Sales");
        receives(
                "{'groupId':'g1','name':'Money'}",
                "{'groupName':'Money','name':'Money','type':'shared'}",
                "{'eventId':'gone','groupName':'Finance','name':'Finance','type':'normal'}",
                "{'groupId':'g2','name':'Finance'}",
                "{'groupName':'Finance','name':'Finance','type':'restricted'}");

        groupSync.start();

        assertThat(Topics.header(topics.deadLetter(), "dead-letter-event-id")).isEqualTo("gone");
        assertThat(Topics.header(topics.deadLetter(), "dead-letter-reason")).isEqualTo("group-not-found");
        assertThat(topics.outcomes(5)).hasSize(5);
        assertThat(requests("PATCH"))
                .extracting(request -> request.groupId() + request.fields())
                .startsWith("g1{name=Money}")
                .containsSubsequence("g1{name=Money}", "g1{name=Money, type=shared}")
                .containsSubsequence("g2{name=Finance}", "g2{name=Finance, type=restricted}")
                .hasSize(4);
        groupSync.isDone();
    }

    @Test
    void keepsTheOrderOfUpdatesByIdAndByName() {
        zoom.group("g1", "name 0");
        for (var i = 1; i <= 20; i++) {
            var group = i % 2 == 0 ? "'groupId':'g1'" : "'groupName':'name " + (i - 1) + "'";
            receives("{" + group + ",'name':'name " + i + "'}");
        }

        groupSync.start();

        outcomes(20, "APPLIED");
        assertThat(requests("PATCH"))
                .extracting(request -> request.fields().get("name"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "name " + i).toList());
        assertThat(zoom.lists()).isEqualTo(1);
    }

    @Test
    void mergesUpdatesByIdAndByName() {
        groupSync.with("updates.merge", "true");
        zoom.group("g1", "Finance");
        receives(
                "{'eventId':'e1','groupName':'Finance','name':'Finance','type':'shared'}",
                "{'eventId':'e2','groupId':'g1','name':'Finance','search_by_domain':true}");

        groupSync.start();

        assertThat(outcomes(2, "APPLIED"))
                .anyMatch(outcome -> outcome.path("mergedInto").asText().equals("e2"));
        assertThat(requests("PATCH"))
                .singleElement()
                .satisfies(request -> assertThat(request.fields())
                        .containsEntry("type", "shared")
                        .containsEntry("search_by_domain", "true"));
    }

    @ParameterizedTest
    @CsvSource({"503, -1, UNAVAILABLE, wait", "400, 4711, LIST_SCOPE_MISSING, contact_group:read:list_groups:admin"})
    void pausesWhileTheListFailsAndListsOnceAnInterval(int status, int code, String cause, String remedy) {
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "1s");
        zoom.group("g1", "Finance")
                .answersLists(StandInReply.zoom(status, code, "Invalid access token, does not contain scopes:[x]."));
        receives("{'groupName':'Finance','name':'Finance'}");
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains(cause, remedy);
        var begun = System.nanoTime();
        var before = zoom.lists();
        // It is not closed in between.
        await().during(Duration.ofSeconds(3))
                .until(() -> groupSync.health("/ready").statusCode() == 503);
        var lists = zoom.lists() - before;
        assertThat(lists).isBetween(1L, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + 1);
        var tokens = zoom.tokenRequests();
        zoom.answersLists(new StandInReply.AsZoom());

        groupSync.allAreApplied(1);
        groupSync.isReady();
        // A new token has the present scopes of the app.
        assertThat(zoom.tokenRequests())
                .isGreaterThanOrEqualTo(tokens)
                .isGreaterThan(cause.equals("LIST_SCOPE_MISSING") ? 1 : 0);
    }

    @Test
    void listsWithANewTokenIfZoomRefusesTheOldOne() {
        zoom.group("g1", "Finance");
        zoom.answers(StandInReply.zoom(401, 124, "Access token is expired."));
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        outcomes(1, "APPLIED");
        assertThat(zoom.lists()).isEqualTo(2);
        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aStopLosesNoHeldEvent() {
        zoom.group("g1", "Finance").answersLists(StandInReply.status(503));
        receives("{'groupName':'Finance','name':'Finance'}", "{'groupId':'g1','name':'Finance'}");
        groupSync.start();
        await().until(() -> zoom.lists() >= 2);
        groupSync.isReady();
        groupSync.stop();
        assertThat(topics.outcomes(0)).isEmpty();
        zoom.answersLists(new StandInReply.AsZoom());

        groupSync.start();

        groupSync.allAreApplied(2);
    }

    @Test
    void resolvesNamesInADryRunToo() {
        groupSync.with("dry-run", "true");
        zoom.group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Money'}", "{'groupName':'Finance','name':'Cash'}");

        groupSync.start();

        assertThat(outcomes(2, "DRY_RUN"))
                .allMatch(outcome -> outcome.path("groupId").asText().equals("g1"));
        assertThat(requests("PATCH")).isEmpty();
    }

    @Test
    void refusesANameUnlessNamesAreSwitchedOn() {
        groupSync.with("events.group-names", "false");
        zoom.group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        var outcome = outcomes(1, "REJECTED").get(0);
        assertThat(outcome.path("reason").asText()).isEqualTo("invalid-event");
        assertThat(outcome.path("message").asText())
                .contains(
                        "/groupId: is missing", "/groupName: is no field of a group update while events.group-names=");
        assertThat(outcome.has("groupName")).isFalse();
        assertThat(zoom.requests()).isEmpty();
    }
}
