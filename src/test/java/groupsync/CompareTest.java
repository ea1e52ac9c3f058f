package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dry run with the difference between each update and its group in Zoom: dry-run=compare. */
class CompareTest extends ShippedRoutes {

    private static final String CONTACT = "dir.JquKVDGlQ9K6S0QVWGcysw";

    @BeforeEach
    void compare() {
        groupSync.with("dry-run", "compare");
    }

    private void receives(String... updates) {
        for (var update : updates) {
            groupSync.receives("k", update.replace('\'', '"'));
        }
    }

    /** The changes in each outcome, once there are this many outcomes. */
    private List<String> changes(int wanted) {
        return topics.outcomes(wanted).stream()
                .map(outcome -> outcome.path("changes").toString())
                .toList();
    }

    @Test
    void saysWhichFieldsOfAnImGroupWouldChange() {
        zoom.group("g1", "Finance");
        receives("{'groupId':'g1','name':'Finance EMEA','type':'normal','search_by_domain':true,"
                + "'search_by_account':false}");

        groupSync.start();

        var outcome = topics.outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("DRY_RUN");
        assertThat(outcome.path("changes"))
                .hasToString("{\"name\":{\"from\":\"Finance\",\"to\":\"Finance EMEA\"},"
                        + "\"search_by_domain\":{\"from\":false,\"to\":true}}");
        assertThat(outcome.path("httpStatus").asInt()).isEqualTo(200);
        assertThat(outcome.path("attempts").asInt()).isEqualTo(1);
        assertThat(outcome.path("trackingId").asText()).isNotEmpty();
        assertThat(zoom.requests())
                .singleElement()
                .extracting(ReceivedRequest::method, ReceivedRequest::path)
                .containsExactly("GET", "/v2/im/groups/g1");
        assertThat(zoom.settings("g1")).containsEntry("name", "Finance");
        groupSync.isDone();
    }

    @Test
    void saysWhichFieldsOfAContactGroupWouldChange() {
        groupSync.with("zoom.groups", "contacts");
        zoom.contactGroup(CONTACT, "Finance");
        receives("{'groupId':'" + CONTACT + "','name':'Finance','type':'restricted','description':'Who\\npays'}");

        groupSync.start();

        assertThat(changes(1))
                .containsExactly("{\"type\":{\"from\":\"normal\",\"to\":\"restricted\"},"
                        + "\"description\":{\"from\":\"\",\"to\":\"Who\\npays\"}}");
        assertThat(zoom.requests())
                .singleElement()
                .extracting(ReceivedRequest::method, ReceivedRequest::path)
                .containsExactly("GET", "/v2/contacts/groups/" + CONTACT);
    }

    @ParameterizedTest
    @CsvSource({"im, 404, 4130, Group does not exist:gone.", "contacts, 400, 300, A group with this groupId: gone does"
    })
    void aGroupThatIsNotThereIsNoDeadLetter(String groups, int status, int code, String message) {
        groupSync.with("zoom.groups", groups);
        zoom.group("other", "n").contactGroup("other", "n");
        receives("{'groupId':'gone','name':'n'}");

        groupSync.start();

        var outcome = topics.outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("DRY_RUN");
        assertThat(outcome.path("reason").asText()).isEqualTo("group-not-found");
        assertThat(outcome.path("httpStatus").asInt()).isEqualTo(status);
        assertThat(outcome.path("zoomCode").asInt()).isEqualTo(code);
        assertThat(outcome.path("message").asText()).startsWith(message);
        assertThat(outcome.has("changes")).isFalse();
        groupSync.isDone();
        assertThat(topics.deadLetters(0)).isEmpty();
        assertThat(groupSync.metric("events_total", "status=dry_run")).isEqualTo(1);
        assertThat(groupSync.metric("dead_letters_total")).isZero();
    }

    @Test
    void anInvalidEventIsADeadLetterAsWithoutTheComparison() {
        receives("{'groupId':'g1'}");

        groupSync.start();

        assertThat(topics.outcomes(1, "status")).containsExactly("REJECTED");
        assertThat(topics.deadLetters(1)).hasSize(1);
        assertThat(zoom.requests()).isEmpty();
    }

    /** Whether it would change is not known, so it is never left out as if it would not. */
    @Test
    void aFieldThatZoomsReplyDoesNotHaveHasNoOldValue() {
        zoom.answersFor(
                "g1",
                request -> new StandInReply.Answer(
                        200, Map.of(), "{\"id\":\"g1\",\"name\":\"n\",\"type\":7,\"search_by_domain\":null}"));
        receives("{'groupId':'g1','name':'n','type':'shared','search_by_domain':false,'search_by_account':true}");

        groupSync.start();

        assertThat(changes(1))
                .containsExactly("{\"type\":{\"to\":\"shared\"},\"search_by_domain\":{\"to\":false},"
                        + "\"search_by_account\":{\"to\":true}}");
    }

    @Test
    void comparesAnEventWithWhatZoomHasAndNotWithWhatAnEarlierOneWouldMakeOfIt() {
        zoom.group("g1", "Finance");
        receives(
                "{'groupId':'g1','name':'Money'}",
                "{'groupId':'g1','name':'Cash'}",
                "{'groupId':'g1','name':'Finance'}");

        groupSync.start();

        assertThat(changes(3))
                .containsExactly(
                        "{\"name\":{\"from\":\"Finance\",\"to\":\"Money\"}}",
                        "{\"name\":{\"from\":\"Finance\",\"to\":\"Cash\"}}",
                        "{}");
        assertThat(requests("GET")).hasSize(3);
    }

    @Test
    void asksOnceForUpdatesThatAreMergedAndComparesEach() {
        groupSync.with("updates.merge", "true");
        zoom.group("g1", "Finance");
        zoom.unknown("g2");
        receives(
                "{'groupId':'g1','name':'Money'}",
                "{'groupId':'g1','name':'Finance','type':'shared'}",
                "{'groupId':'g2','name':'n'}",
                "{'groupId':'g2','name':'m'}");

        groupSync.start();

        var outcomes = topics.outcomes(4);
        assertThat(outcomes)
                .allMatch(outcome -> !outcome.has("mergedInto"))
                .allMatch(outcome -> outcome.path("attempts").asInt() == 1)
                .extracting(outcome -> outcome.path("changes").toString()
                        + outcome.path("reason").asText())
                .containsExactlyInAnyOrder(
                        "{\"name\":{\"from\":\"Finance\",\"to\":\"Money\"}}",
                        "{\"type\":{\"from\":\"normal\",\"to\":\"shared\"}}",
                        "group-not-found",
                        "group-not-found");
        assertThat(requests("GET")).hasSize(2);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void sendsOneGetForEachOf200EventsWithinTheLimit() {
        // Twice the limit: a busy machine may hold up requests on their way. Without a limit, all 200 come in one
        // second.
        zoom.perSecond(100);
        groupSync.with("zoom.requests-per-second", "50");
        IntStream.range(0, 200).forEach(i -> {
            zoom.group("g" + i, "Group " + i);
            var name = i % 4 == 0 ? "Group " + i : "Department " + i;
            topics.sendAsync("g" + i, "{\"groupId\":\"g" + i + "\",\"name\":\"" + name + "\"}");
        });
        topics.flush();

        groupSync.start();

        var outcomes = topics.outcomes(200);
        assertThat(outcomes)
                .hasSize(200)
                .allMatch(outcome -> outcome.path("status").asText().equals("DRY_RUN"));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.path("changes").isEmpty())
                .hasSize(50);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.at("/changes/name/from").asText().startsWith("Group"))
                .hasSize(150);
        assertThat(requests("GET"))
                .hasSize(200)
                .extracting(ReceivedRequest::groupId)
                .doesNotHaveDuplicates();
        assertThat(requests("PATCH")).isEmpty();
        assertThat(replies(429)).isZero();
        var all = requests("GET");
        var first = all.stream().mapToLong(ReceivedRequest::begun).min().orElseThrow();
        var last = all.stream().mapToLong(ReceivedRequest::begun).max().orElseThrow();
        // The limit needs 4 s; the first request may be late too.
        assertThat(Duration.ofNanos(last - first)).isGreaterThan(Duration.ofSeconds(3));
        groupSync.isDone();
    }

    @Test
    void losesNothingWhenZoomRefusesARequestAndThenFailsForAWhile() {
        var requests = new AtomicInteger();
        zoom.watch(request -> {
            if (requests.incrementAndGet() == 5) {
                zoom.answersAlways(StandInReply.status(503));
            }
        });
        zoom.answers(StandInReply.zoom(429, 429, "You have reached the maximum per-second rate limit for this API."));
        groupSync.with("zoom.requests-per-second", "20");
        groupSync.sends(40, 40);

        groupSync.start();
        groupSync.isPaused();
        groupSync.healthSays("UNAVAILABLE");
        zoom.answersAlways(new StandInReply.AsZoom());

        assertThat(topics.outcomes(40)).hasSize(40).allMatch(outcome -> outcome.has("changes"));
        groupSync.isReady();
        groupSync.isDone();
        assertThat(requests("PATCH")).isEmpty();
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"im, imgroup:read:admin", "contacts, contact_group:write:admin"})
    void aMissingScopeIsReportedAndTheRunGoesOnOnceItIsThere(String groups, String scope) {
        groupSync.with("zoom.groups", groups);
        zoom.answersFor(
                "g1", request -> StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[x]."));
        receives("{'groupId':'g1','name':'n'}");

        groupSync.start();

        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("SCOPE_MISSING", scope, "or set dry-run=true");
        assertThat(topics.outcomes(0)).isEmpty();
        zoom.answersFor("g1", request -> new StandInReply.AsZoom());
        assertThat(topics.outcomes(1)).allMatch(outcome -> outcome.has("changes"));
        // A token has the scopes of its time.
        assertThat(zoom.tokenRequests()).isGreaterThan(1);
    }

    @Test
    void asksForNoNamesAgainAfterARenameThatIsOnlyCompared() {
        groupSync.with("events.group-names", "true");
        zoom.group("g1", "Finance").group("g2", "Sales");
        receives(
                "{'groupName':'Finance','name':'Money'}",
                "{'groupName':'Finance','name':'Finance'}",
                "{'groupName':'Sales','name':'Selling'}");

        groupSync.start();

        assertThat(topics.outcomes(3))
                .allMatch(outcome -> outcome.has("groupId") && outcome.has("groupName"))
                .extracting(outcome -> outcome.at("/changes/name/from").asText())
                .containsExactlyInAnyOrder("Finance", "", "Sales");
        assertThat(zoom.lists()).isEqualTo(1);
        assertThat(requests("GET")).hasSize(4);
    }

    @Test
    void chargesTheBoundOfTheDay() {
        groupSync.with("zoom.requests-per-day", "8");
        groupSync.sends(40, 40);

        groupSync.start();

        groupSync.healthSays("DAILY_BUDGET_SPENT");
        await().until(() -> requests("GET").size() >= 8);
        assertThat(topics.outcomes(8)).hasSize(8);
        assertThat(requests("GET")).hasSize(8);
    }

    /** Whatever the names in Zoom are made of, the outcome can be published, and is small. */
    @Test
    void boundsAndCleansWhatZoomReplies() {
        var tokens = new AtomicInteger();
        zoom.answersFor("g1", request -> {
            tokens.incrementAndGet();
            var token = request.headers().get("Authorization").get(0).replace("Bearer ", "");
            return new StandInReply.Answer(
                    200,
                    Map.of(),
                    "{\"id\":\"g1\",\"name\":\"" + token + " \\ud800 \\u001b[2J \\\"}'" + "x".repeat(100_000)
                            + "\",\"type\":\"<script>\"}");
        });
        receives("{'groupId':'g1','name':'n','type':'normal'}");

        groupSync.start();

        var changes = topics.outcomes(1).get(0).path("changes");
        assertThat(changes.at("/name/from").asText())
                .startsWith("\u2026 \uFFFD \uFFFD[2J \"}'xxx")
                .endsWith("x\u2026")
                .hasSize(501);
        assertThat(changes.at("/type/from").asText()).isEqualTo("<script>");
        assertThat(tokens).hasPositiveValue();
    }

    @Test
    void aLongTextOfAnEventIsCutAndStillComparedAsAWhole() {
        groupSync.with("zoom.groups", "contacts");
        var text = "d".repeat(9_000);
        zoom.answersFor(
                CONTACT,
                request -> new StandInReply.Answer(
                        200, Map.of(), "{\"group_id\":\"" + CONTACT + "\",\"description\":\"" + text + "1\"}"));
        receives(
                "{'groupId':'" + CONTACT + "','description':'" + text + "2'}",
                "{'groupId':'" + CONTACT + "','description':'" + text + "1'}");

        groupSync.start();

        var outcomes = topics.outcomes(2);
        assertThat(outcomes)
                .extracting(outcome -> outcome.path("changes").size())
                .containsExactly(1, 0);
        JsonNode difference = outcomes.get(0).at("/changes/description");
        assertThat(difference.path("from").asText()).isEqualTo("d".repeat(500) + "\u2026");
        assertThat(difference.path("to")).isEqualTo(difference.path("from"));
    }

    @Test
    void aReplyWithoutAGroupDecidesNothing() {
        zoom.answersFor("g1", request -> StandInReply.status(204));
        receives("{'groupId':'g1','name':'n'}");

        groupSync.start();

        groupSync.isPaused();
        groupSync.healthSays("NOT_UNDERSTOOD");
        assertThat(topics.outcomes(0)).isEmpty();
    }
}
