package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.release.Version;
import groupsync.sandbox.StandInReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** The journey of an update. */
class ApplyGroupUpdatesTest extends ShippedRoutes {

    private static final String GROUP = "SobVexyrQjqCkcxjpBWi6w";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void appliesAnUpdateAndPublishesItsOutcome() {
        groupSync.start();

        var source = topics.send(
                GROUP,
                """
                        {"eventId": "hr-2041", "groupId": "SobVexyrQjqCkcxjpBWi6w", "name": "Finance",
                         "type": "restricted", "search_by_domain": false, "search_by_account": true,
                         "search_by_ma_account": false}\
                        """.getBytes(StandardCharsets.UTF_8),
                new RecordHeader("traceparent", TRACE.getBytes(StandardCharsets.UTF_8)));

        var published = topics.records(topics.outcomes, count -> count >= 1, Patience.LONGEST);
        assertThat(published).hasSize(1);
        var outcome = published.get(0);
        var request = zoom.requests().get(0);
        assertThat(new String(outcome.value(), StandardCharsets.UTF_8))
                .matches("\\{\"eventId\":\"hr-2041\",\"groupId\":\"SobVexyrQjqCkcxjpBWi6w\",\"status\":\"APPLIED\","
                        + "\"httpStatus\":204,\"trackingId\":\"v=2.0;clid=us02;rid=WEB_[0-9a-f]{32}\",\"attempts\":1,"
                        + "\"source\":\\{\"topic\":\"" + source.topic() + "\",\"partition\":" + source.partition()
                        + ",\"offset\":0},\"completedAt\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}");
        assertThat(new String(outcome.key(), StandardCharsets.UTF_8)).isEqualTo(GROUP);
        assertThat(Topics.header(outcome, "ce_id")).isEqualTo(source.toString());
        assertThat(Topics.header(outcome, "ce_type")).isEqualTo("zoom.im-group.update.applied");
        assertThat(Topics.header(outcome, "ce_subject")).isEqualTo(GROUP);
        assertThat(Topics.header(outcome, "traceparent")).isEqualTo(TRACE);
        assertThat(request.method()).isEqualTo("PATCH");
        assertThat(request.path()).isEqualTo("/v2/im/groups/" + GROUP);
        assertThat(request.headers().get("traceparent")).containsExactly(TRACE);
        assertThat(request.headers().get("User-Agent")).containsExactly(Version.USER_AGENT);
        assertThat(request.fields().toString())
                .isEqualTo("{name=Finance, type=restricted, search_by_domain=false, search_by_account=true,"
                        + " search_by_ma_account=false}");
        assertThat(topics.deadLetters(0)).isEmpty();
        groupSync.isDone();
    }

    @Test
    void keepsTheOrderOfEachGroupUnderLoad() {
        var groups = 100;
        var events = 1_000;
        zoom.latency(Duration.ofMillis(20));
        groupSync.sends(events, groups);

        groupSync.start();

        groupSync.allAreApplied(events);
        Ledger.of(zoom.requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
        for (var i = 0; i < groups; i++) {
            assertThat(zoom.settings("g" + i)).containsEntry("name", String.valueOf(events - groups + i));
        }
    }

    @Test
    void keepsTheOrderByTheGroupOfTheEventAndNotByTheKeyOfTheRecord() {
        zoom.latency(Duration.ofMillis(50));

        groupSync.start();
        for (var i = 0; i < 10; i++) {
            topics.sendAsync("one key for all", "{\"groupId\":\"g" + i % 2 + "\",\"name\":\"" + i + "\"}");
        }

        assertThat(topics.outcomes(10)).hasSize(10);
        Ledger.of(zoom.requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    @Test
    void triesAgainWhileZoomIsBusy() {
        zoom.answers(StandInReply.status(503), new StandInReply.Reset(false), new StandInReply.Garbage());
        groupSync.start();

        groupSync.receives("g1");

        var outcome = topics.outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(outcome.path("attempts").asInt()).isEqualTo(4);
        assertThat(zoom.requests()).hasSize(4);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void otherGroupsDoNotWaitForARetry() {
        groupSync.with("zoom.retry.delay", "2s");
        zoom.answers(StandInReply.status(503));
        groupSync.start();

        groupSync.receives("slow");
        await().until(() -> zoom.requests().size() == 1);
        groupSync.receives("quick");

        assertThat(topics.outcomes(2, "groupId")).containsExactlyInAnyOrder("quick", "slow");
        assertThat(zoom.requests().stream().map(request -> request.groupId())).containsExactly("slow", "quick", "slow");
    }

    @Test
    void publishesAnUpdateThatZoomRefusesAsADeadLetter() {
        zoom.unknown("gone");
        groupSync.start();

        var source = groupSync.receives("gone");

        var outcome = topics.outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("REJECTED");
        assertThat(outcome.path("reason").asText()).isEqualTo("group-not-found");
        assertThat(outcome.path("message").asText()).isEqualTo("Group does not exist:gone.");
        assertThat(outcome.path("httpStatus").asInt()).isEqualTo(404);
        assertThat(outcome.path("zoomCode").asInt()).isEqualTo(4130);
        var letter = topics.deadLetter();
        assertThat(letter.value()).asString().isEqualTo("{\"groupId\":\"gone\",\"name\":\"n\"}");
        assertThat(letter.key()).asString().isEqualTo("gone");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("group-not-found");
        assertThat(Topics.header(letter, "dead-letter-http-status")).isEqualTo("404");
        assertThat(Topics.header(letter, "dead-letter-zoom-code")).isEqualTo("4130");
        assertThat(Topics.header(letter, "dead-letter-attempts")).isEqualTo("1");
        assertThat(Topics.header(letter, "dead-letter-source-offset")).isEqualTo(String.valueOf(source.offset()));
        assertThat(Topics.header(letter, "dead-letter-tracking-id")).startsWith("v=2.0;clid=us02;rid=WEB_");
        groupSync.isDone();
    }

    @Test
    void aDryRunDoesAllButTheRequest() {
        groupSync.with("dry-run", "true");
        groupSync.start();

        groupSync.receives("g1");
        groupSync.receives("g1", "{\"groupId\":\"g1\"}");

        assertThat(topics.outcomes(2, "status")).containsExactlyInAnyOrder("DRY_RUN", "REJECTED");
        assertThat(zoom.requests()).isEmpty();
        assertThat(zoom.tokenRequests()).isZero();
        groupSync.isDone();
    }

    @Test
    void sendsTheSameFieldsAsJsonIfSetSo() {
        groupSync.with("zoom.request-format", "json");
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"Müller\",\"search_by_domain\":true}");

        assertThat(topics.outcomes(1)).hasSize(1);
        var request = zoom.requests().get(0);
        assertThat(request.body()).isEqualTo("{\"name\":\"Müller\",\"search_by_domain\":true}");
        assertThat(request.headers().get("Content-Type").get(0)).startsWith("application/json");
    }

    @Test
    void startsWithAsManyRequestsAtATimeAsAreAllowed() {
        groupSync.with("zoom.max-concurrent-requests", "1000");

        groupSync.receives("g1");
        groupSync.start();

        groupSync.allAreApplied(1);
    }

    @Test
    void keepsAnOutcomeThatCannotBePublishedAndPublishesItLater() {
        topics.delete(topics.outcomes);
        groupSync.with("camel.component.kafka.max-block-ms", "500");
        groupSync.start();

        groupSync.receives("g1");
        await().until(() -> zoom.requests().size() == 1);
        await().during(Duration.ofSeconds(2)).until(() -> topics.lag() == 1);
        topics.create(topics.outcomes, 4);

        assertThat(topics.outcomes(1)).hasSize(1);
        groupSync.isDone();
        assertThat(zoom.requests()).hasSize(1);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void continuesAfterARestartAndRepeatsNothing() {
        zoom.latency(Duration.ofMillis(20));
        groupSync.with("zoom.max-concurrent-requests", "8");
        groupSync.sends(300, 60);
        groupSync.start();
        await().until(() -> zoom.requests().size() > 100);

        groupSync.stop();
        var before = zoom.requests().size();
        groupSync.start();

        assertThat(before).isLessThan(300);
        groupSync.allAreApplied(300);
        assertThat(zoom.requests()).hasSize(300);
        Ledger.of(zoom.requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    @Test
    void changesNoSettingThatTheEventLacks() {
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"first\",\"type\":\"shared\"}");
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"second\"}");

        assertThat(topics.outcomes(2)).hasSize(2);
        assertThat(zoom.settings("g1")).isEqualTo(Map.of("name", "second", "type", "shared"));
    }
}
