package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same events change contact groups. */
class ContactGroupsTest extends ShippedRoutes {

    private static final String FINANCE = "dir.JquKVDGlQ9K6S0QVWGcysw";
    private static final int GROUPS = 1_200;
    private static final int PAGES = GROUPS / 50;

    @BeforeEach
    void ofContacts() {
        groupSync.with("zoom.groups", "contacts").with("zoom.requests-per-second", "0");
    }

    private JsonNode outcome(String update) {
        groupSync.receives("k", update.replace('\'', '"'));
        groupSync.start();
        return topics.outcomes(1).get(0);
    }

    @Test
    void getNamePrivacyAndDescriptionAsJson() {
        zoom.contactGroup(FINANCE, "Finance");

        var outcome = outcome("{'groupId':'" + FINANCE
                + "','name':'Money','type':'restricted','description':'Who pays\\nthe bills'}");

        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(outcome.has("notApplied")).isFalse();
        var request = requests("PATCH").get(0);
        assertThat(request.path()).isEqualTo("/v2/contacts/groups/" + FINANCE);
        assertThat(request.headers().get("Content-Type")).containsExactly("application/json");
        assertThat(request.body())
                .isEqualTo("{\"name\":\"Money\",\"privacy\":3,\"description\":\"Who pays\\nthe bills\"}");
    }

    @Test
    void needNoName() {
        zoom.contactGroup(FINANCE, "Finance");

        outcome("{'groupId':'" + FINANCE + "','type':'shared'}");

        assertThat(requests("PATCH").get(0).body()).isEqualTo("{\"privacy\":1}");
    }

    @Test
    void anUnknownOneIsADeadLetter() {
        zoom.contactGroup(FINANCE, "Finance");

        var outcome = outcome("{'groupId':'dir.unknown','name':'n'}");

        assertThat(outcome.path("reason").asText()).isEqualTo("group-not-found");
        assertThat(outcome.path("httpStatus").asInt()).isEqualTo(400);
        assertThat(topics.deadLetters(1)).hasSize(1);
    }

    @Test
    void anEventWithAFieldThatTheyDoNotHaveIsRefused() {
        zoom.contactGroup(FINANCE, "Finance");

        var outcome = outcome("{'groupId':'" + FINANCE + "','name':'n','search_by_domain':true}");

        assertThat(outcome.path("status").asText()).isEqualTo("REJECTED");
        assertThat(outcome.path("reason").asText()).isEqualTo("unsupported-field");
        assertThat(outcome.path("message").asText()).startsWith("contact groups have no search_by_domain;");
        assertThat(requests("PATCH")).isEmpty();
        assertThat(topics.deadLetters(1)).hasSize(1);
    }

    @Test
    void aFieldThatTheyDoNotHaveIsDroppedIfThatIsSet() {
        zoom.contactGroup(FINANCE, "Finance");
        groupSync.with("zoom.unsupported-fields", "drop");

        var outcome = outcome("{'groupId':'" + FINANCE + "','name':'n','search_by_domain':true}");

        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(outcome.path("notApplied")).extracting(JsonNode::asText).containsExactly("search_by_domain");
        assertThat(requests("PATCH").get(0).body()).isEqualTo("{\"name\":\"n\"}");
    }

    @Test
    void anEventOfWhichNothingIsLeftIsNeverApplied() {
        groupSync.with("zoom.unsupported-fields", "drop");

        var outcome = outcome("{'groupId':'" + FINANCE + "','search_by_domain':true}");

        assertThat(outcome.path("status").asText()).isEqualTo("REJECTED");
        assertThat(outcome.path("reason").asText()).isEqualTo("unsupported-field");
        assertThat(requests("PATCH")).isEmpty();
    }

    @Test
    void aTokenThatMayLackTheScopeIsRenewedOnceAndThenTheScopeIsReported() {
        zoom.contactGroup(FINANCE, "Finance");
        zoom.answersFor(
                FINANCE,
                request -> StandInReply.zoom(
                        401,
                        4700,
                        "Invalid Access Token: The access token is invalid, expired, or missing required scopes."));
        groupSync.with("zoom.pause.probe-interval", "1h");
        groupSync.receives(FINANCE);

        groupSync.start();

        groupSync.isPaused();
        groupSync.healthSays("SCOPE_MISSING");
        groupSync.healthSays("contact_group:write:admin");
        assertThat(requests("PATCH")).hasSize(2);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void theScopeForNamesIsReportedInTheSameWay() {
        byName(1);
        zoom.answersLists(StandInReply.zoom(
                401, 4700, "Invalid Access Token: The access token is invalid, expired, or missing required scopes."));
        groupSync.with("zoom.pause.probe-interval", "1h");

        groupSync.start();

        groupSync.isPaused();
        groupSync.healthSays("LIST_SCOPE_MISSING");
        groupSync.healthSays("contact_group:read:admin");
        assertThat(lists()).hasSize(2);
    }

    @Test
    void anExpiredTokenIsRenewedWithoutAPause() {
        zoom.contactGroup(FINANCE, "Finance");
        var refused = new AtomicInteger();
        zoom.answersFor(
                FINANCE,
                request -> refused.getAndIncrement() == 0
                        ? StandInReply.zoom(401, 4700, "Invalid Access Token: The access token is invalid, expired, …")
                        : new StandInReply.AsZoom());
        groupSync.with("zoom.pause.probe-interval", "1h");
        groupSync.receives(FINANCE);

        groupSync.start();

        groupSync.allAreApplied(1);
        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }

    @Test
    void areListedInPagesForTheirNames() {
        var event = byName(1_199);

        groupSync.start();

        assertThat(topics.outcomes(1).get(0).path("groupId").asText()).isEqualTo(event);
        assertThat(lists())
                .hasSize(PAGES)
                .allMatch(request -> "50".equals(request.query().get("page_size")));
        assertThat(groupSync.metric("requests_total", "method=GET", "verdict=page_listed"))
                .isEqualTo(PAGES - 1);
    }

    @Test
    void aFailedPageCostsOneMoreRequestAndNoEvent() {
        var event = byName(1_199);
        var pages = new AtomicInteger();
        zoom.answersFor(
                "", request -> pages.incrementAndGet() == 13 ? StandInReply.status(503) : new StandInReply.AsZoom());

        groupSync.start();

        assertThat(topics.outcomes(1).get(0).path("groupId").asText()).isEqualTo(event);
        assertThat(lists()).hasSize(PAGES + 1);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void anExpiredPageTokenStartsTheListOver() {
        var event = byName(1_199);
        var pages = new AtomicInteger();
        zoom.watch(request -> {
            if (request.groupId().isEmpty() && pages.incrementAndGet() == 13) {
                zoom.expirePageTokens();
            }
        });

        groupSync.start();

        assertThat(topics.outcomes(1).get(0).path("groupId").asText()).isEqualTo(event);
        // 13 pages, the refused one, and all from the start.
        assertThat(lists()).hasSize(13 + 1 + PAGES);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    /** Sends an event by the name of this of many groups, and returns the id of the group. */
    private String byName(int number) {
        IntStream.range(0, GROUPS).forEach(i -> zoom.contactGroup(id(i), "Group " + i));
        groupSync.with("events.group-names", "true");
        groupSync.receives("k", "{\"groupName\":\"Group " + number + "\",\"description\":\"d\"}");
        return id(number);
    }

    private static String id(int number) {
        return String.format("dir.%022d", number);
    }

    private List<ReceivedRequest> lists() {
        return requests("GET").stream()
                .filter(request -> request.path().equals("/v2/contacts/groups"))
                .toList();
    }

    @Test
    void thatZoomMigratedAreFoundByTheirFormerName() {
        zoom.contactGroup(FINANCE, "Finance (Originally IM Group)").contactGroup("dir.other", "Sales");
        groupSync.with("events.group-names", "true");

        var outcome = outcome("{'groupName':'Finance','name':'Finance'}");

        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(outcome.path("groupId").asText()).isEqualTo(FINANCE);
        assertThat(outcome.path("groupName").asText()).isEqualTo("Finance");
        assertThat(outcome.path("matchedName").asText()).isEqualTo("Finance (Originally IM Group)");
        assertThat(zoom.settings(FINANCE)).containsEntry("name", "Finance");
    }
}
