package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that call their group by its name, on the shipped routes. */
class GroupNamesTest {

    private static final StandInReply NO_SCOPE =
            StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[imgroup:read:admin].");

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeEach
    void switchOn() {
        groupSync.with("events.group-names", "true");
    }

    /** All in one partition. */
    private void receives(String... updates) {
        for (var update : updates) {
            groupSync.topics().sendAsync("k", update.replace('\'', '"'));
        }
        groupSync.topics().flush();
    }

    private List<ReceivedRequest> patches() {
        return groupSync.zoom().requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .toList();
    }

    private List<String> sent(String group) {
        return patches().stream()
                .filter(request -> request.groupId().equals(group))
                .map(request -> request.fields().toString())
                .toList();
    }

    private void areDone() {
        await().until(() -> groupSync.topics().lag() == 0);
    }

    private List<JsonNode> outcomes(int wanted, String status) {
        var outcomes = groupSync.topics().outcomes(wanted);
        assertThat(outcomes)
                .hasSize(wanted)
                .allMatch(outcome -> outcome.path("status").asText().equals(status), status);
        return outcomes;
    }

    // --- Names that groups have ---

    @Test
    void asksOnceForTheNamesOfAllGroups() {
        // Longer than any other answer of Zoom's.
        for (var i = 0; i < 1_000; i++) {
            groupSync.zoom().group("id-" + i, "Group " + i);
        }
        for (var i = 0; i < 100; i++) {
            groupSync.topics().sendAsync("k" + i, "{\"groupName\":\"Group " + i + "\",\"name\":\"Group " + i + "\"}");
        }
        groupSync.topics().flush();

        groupSync.start();

        assertThat(outcomes(100, "APPLIED"))
                .allSatisfy(outcome -> assertThat(outcome.path("groupId").asText())
                        .isEqualTo(outcome.path("groupName").asText().replace("Group ", "id-")));
        assertThat(groupSync.zoom().lists()).isEqualTo(1);
        assertThat(groupSync
                        .metrics()
                        .value("zoom_group_sync_requests_total", "method=GET", "verdict=found", "status=200"))
                .isEqualTo(1);
    }

    @Test
    void keysTheOutcomeByTheIdThatWasFound() {
        groupSync.zoom().group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        outcomes(1, "APPLIED");
        var published = groupSync.topics().records(groupSync.topics().outcomes, count -> count >= 1, Duration.ZERO);
        assertThat(published)
                .singleElement()
                .satisfies(outcome -> assertThat(new String(outcome.key(), StandardCharsets.UTF_8))
                        .isEqualTo("g1"))
                .satisfies(outcome ->
                        assertThat(Topics.header(outcome, "ce_subject")).isEqualTo("g1"));
    }

    // --- Names that no group has, or several ---

    @Test
    void refusesNamesThatAreNotThoseOfOneGroup() {
        groupSync.zoom().group("g1", "Finance").group("g2", "Twins").group("g3", "Twins");
        receives("{'groupName':'finance','name':'n'}", "{'groupName':'Twins','name':'n'}");

        groupSync.start();

        assertThat(groupSync.topics().deadLetters(2))
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
        assertThat(patches()).isEmpty();
        areDone();
    }

    @Test
    void decidesARowOfUnknownNamesWithOneRequest() {
        groupSync.zoom().group("g1", "Finance");
        groupSync.zoom().latency(Duration.ofMillis(500));
        receives("{'groupName':'Finance','name':'Finance'}");
        groupSync.start();
        outcomes(1, "APPLIED");
        var before = groupSync.zoom().lists();

        receives(IntStream.range(0, 50)
                .mapToObj(i -> "{'groupName':'nobody " + i + "','name':'n'}")
                .toArray(String[]::new));

        assertThat(groupSync.topics().deadLetters(50)).hasSize(50);
        // Two, if they do not all come with one poll.
        assertThat(groupSync.zoom().lists() - before).isBetween(1L, 2L);
    }

    // --- Order ---

    @Test
    void appliesWhatComesBehindARenameAsIfItWereDone() {
        groupSync.zoom().group("g1", "Finance").group("g2", "Sales");
        receives(
                "{'groupId':'g1','name':'Money'}",
                "{'groupName':'Money','name':'Money','type':'shared'}",
                "{'eventId':'gone','groupName':'Finance','name':'Finance','type':'normal'}",
                "{'groupId':'g2','name':'Finance'}",
                "{'groupName':'Finance','name':'Finance','type':'restricted'}");

        groupSync.start();

        assertThat(groupSync.topics().deadLetters(1))
                .singleElement()
                .satisfies(letter -> assertThat(Topics.header(letter, "dead-letter-event-id"))
                        .isEqualTo("gone"))
                .satisfies(letter ->
                        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("group-not-found"));
        assertThat(groupSync.topics().outcomes(5)).hasSize(5);
        assertThat(sent("g1")).containsExactly("{name=Money}", "{name=Money, type=shared}");
        assertThat(sent("g2")).containsExactly("{name=Finance}", "{name=Finance, type=restricted}");
        assertThat(patches().get(0).groupId()).isEqualTo("g1");
        areDone();
    }

    @Test
    void keepsTheOrderOfAGroupThatIsCalledByIdAndByName() {
        groupSync.zoom().group("g1", "name 0");
        var updates = new ArrayList<String>();
        for (var i = 1; i <= 20; i++) {
            var group = i % 2 == 0 ? "'groupId':'g1'" : "'groupName':'name " + (i - 1) + "'";
            updates.add("{" + group + ",'name':'name " + i + "'}");
        }
        receives(updates.toArray(String[]::new));

        groupSync.start();

        outcomes(20, "APPLIED");
        assertThat(patches())
                .extracting(request -> request.fields().get("name"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "name " + i).toList());
        assertThat(groupSync.zoom().lists()).isEqualTo(1);
    }

    @Test
    void mergesWhatIsCalledByIdAndByName() {
        groupSync.with("updates.merge", "true");
        groupSync.zoom().group("g1", "Finance");
        receives(
                "{'eventId':'e1','groupName':'Finance','name':'Finance','type':'shared'}",
                "{'eventId':'e2','groupId':'g1','name':'Finance','search_by_domain':true}");

        groupSync.start();

        assertThat(outcomes(2, "APPLIED"))
                .anyMatch(outcome -> outcome.path("mergedInto").asText().equals("e2"));
        assertThat(patches())
                .singleElement()
                .satisfies(request -> assertThat(request.fields())
                        .containsEntry("type", "shared")
                        .containsEntry("search_by_domain", "true"));
    }

    // --- When the names are not to be had ---

    @Test
    void deadLettersNothingWhileTheListFails() {
        groupSync.zoom().group("g1", "Finance").answersLists(StandInReply.status(503));
        receives("{'groupName':'Finance','name':'Finance'}", "{'groupId':'g1','name':'Finance'}");
        groupSync.start();
        await().until(() -> groupSync.zoom().lists() >= 2);

        assertThat(groupSync.topics().outcomes(0)).isEmpty();
        groupSync.zoom().answersLists(new StandInReply.AsZoom());

        outcomes(2, "APPLIED");
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void pausesWhileTheListFailsForLongAndAsksForItOnceAnInterval() {
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "1s");
        groupSync.zoom().group("g1", "Finance").answersLists(StandInReply.status(503));
        receives("{'groupName':'Finance','name':'Finance'}");
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("UNAVAILABLE http=503");
        var before = groupSync.zoom().lists();
        var begun = System.nanoTime();
        await().until(() -> groupSync.zoom().lists() >= before + 4);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(groupSync.health("/ready").statusCode()).isEqualTo(503);
        groupSync.zoom().answersLists(new StandInReply.AsZoom());

        outcomes(1, "APPLIED");
        await().until(() -> groupSync.health("/ready").statusCode() == 200);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void pausesAndNamesTheScopeThatIsMissing() {
        groupSync.zoom().group("g1", "Finance").answersLists(NO_SCOPE);
        receives("{'groupName':'Finance','name':'Finance'}");
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body())
                .contains("LIST_SCOPE_MISSING", "imgroup:read:admin", "contact_group:read:list_groups:admin");
        // It is not open in between.
        await().during(Duration.ofSeconds(3))
                .until(() -> groupSync.health("/ready").statusCode() == 503);
        var tokens = groupSync.zoom().tokenRequests();
        groupSync.zoom().answersLists(new StandInReply.AsZoom());

        outcomes(1, "APPLIED");
        // With the scopes that the app has by now.
        assertThat(groupSync.zoom().tokenRequests())
                .isGreaterThanOrEqualTo(tokens)
                .isGreaterThan(1);
        await().until(() -> groupSync.health("/ready").statusCode() == 200);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void asksWithANewTokenWhenZoomRefusesTheOld() {
        groupSync.zoom().group("g1", "Finance");
        groupSync.zoom().answers(StandInReply.zoom(401, 124, "Access token is expired."));
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        outcomes(1, "APPLIED");
        assertThat(groupSync.zoom().lists()).isEqualTo(2);
        assertThat(groupSync.zoom().tokenRequests()).isEqualTo(2);
    }

    @Test
    void asksForNoListWhileItIsPausedForAnotherReason() {
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "300ms");
        groupSync.zoom().group("g1", "Finance").answersAlways(StandInReply.status(503));
        groupSync.zoom().answersLists(new StandInReply.AsZoom());
        groupSync.receives("a", "{\"groupId\":\"g1\",\"name\":\"Finance\"}");
        groupSync.start();
        groupSync.isPaused();
        receives("{'groupName':'Finance','name':'Finance'}");
        var before = groupSync.zoom().requests().size();
        await().until(() -> groupSync.zoom().requests().size() >= before + 3);

        assertThat(groupSync.zoom().lists()).isZero();
        groupSync.zoom().answersAlways(new StandInReply.AsZoom());

        outcomes(2, "APPLIED");
    }

    @Test
    void aStopLosesNothingThatIsHeld() {
        groupSync.zoom().group("g1", "Finance").answersLists(StandInReply.status(503));
        receives("{'groupName':'Finance','name':'Finance'}", "{'groupId':'g1','name':'Finance'}");
        groupSync.start();
        await().until(() -> groupSync.zoom().lists() >= 1);
        groupSync.stop();
        groupSync.zoom().answersLists(new StandInReply.AsZoom());

        groupSync.start();

        outcomes(2, "APPLIED");
        areDone();
    }

    // --- Switches ---

    @Test
    void resolvesNamesInADryRunToo() {
        groupSync.with("dry-run", "true");
        groupSync.zoom().group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Money'}", "{'groupName':'Finance','name':'Cash'}");

        groupSync.start();

        assertThat(outcomes(2, "DRY_RUN"))
                .allMatch(outcome -> outcome.path("groupId").asText().equals("g1"));
        assertThat(patches()).isEmpty();
    }

    @Test
    void isAnInvalidEventUnlessSwitchedOn() {
        groupSync.with("events.group-names", "false");
        groupSync.zoom().group("g1", "Finance");
        receives("{'groupName':'Finance','name':'Finance'}");

        groupSync.start();

        var outcome = outcomes(1, "REJECTED").get(0);
        assertThat(outcome.path("reason").asText()).isEqualTo("invalid-event");
        assertThat(outcome.path("message").asText())
                .contains(
                        "/groupId: is missing",
                        "/groupName: is no field of a group update while events.group-names=false");
        assertThat(outcome.has("groupName")).isFalse();
        assertThat(groupSync.zoom().requests()).isEmpty();
    }
}
