package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.StandInReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job, on the shipped routes. */
class ApplyGroupUpdatesTest {

    private static final String GROUP = "SobVexyrQjqCkcxjpBWi6w";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void appliesAnUpdateAndSaysSo() {
        groupSync.start();

        var source = groupSync
                .topics()
                .send(
                        GROUP,
                        """
                        {"eventId": "hr-2041", "groupId": "SobVexyrQjqCkcxjpBWi6w", "name": "Finance",
                         "type": "restricted", "search_by_domain": false, "search_by_account": true,
                         "search_by_ma_account": false}\
                        """.getBytes(StandardCharsets.UTF_8),
                        new RecordHeader("traceparent", TRACE.getBytes(StandardCharsets.UTF_8)));

        var published = groupSync.topics().records(groupSync.topics().outcomes, count -> count >= 1, Patience.LONGEST);
        assertThat(published).hasSize(1);
        var outcome = published.get(0);
        var request = groupSync.zoom().requests().get(0);
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
        assertThat(request.fields().toString())
                .isEqualTo("{name=Finance, type=restricted, search_by_domain=false, search_by_account=true,"
                        + " search_by_ma_account=false}");
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void keepsTheOrderOfEachGroupUnderLoad() {
        var groups = 100;
        var events = 1_000;
        groupSync.zoom().latency(Duration.ofMillis(20));
        for (var i = 0; i < events; i++) {
            var group = "group-" + i % groups;
            groupSync.topics().sendAsync(group, "{\"groupId\":\"" + group + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();

        groupSync.start();

        assertThat(groupSync.topics().outcomes(events))
                .hasSize(events)
                .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
        for (var i = 0; i < groups; i++) {
            assertThat(groupSync.zoom().settings("group-" + i))
                    .containsEntry("name", String.valueOf(events - groups + i));
        }
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void keepsTheOrderByTheGroupOfTheEventAndNotByTheKeyOfTheRecord() {
        groupSync.zoom().latency(Duration.ofMillis(50));

        groupSync.start();
        for (var i = 0; i < 10; i++) {
            groupSync.topics().sendAsync("one key for all", "{\"groupId\":\"g" + i % 2 + "\",\"name\":\"" + i + "\"}");
        }

        assertThat(groupSync.topics().outcomes(10)).hasSize(10);
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    @Test
    void appliesNothingOfATransactionThatWasAborted() {
        groupSync.start();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", TestBroker.brokers(), "transactional.id", groupSync.topics().updates),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            for (var name : List.of("aborted", "committed", "aborted", "committed too")) {
                producer.beginTransaction();
                var unused = producer.send(new ProducerRecord<>(
                        groupSync.topics().updates, "g1", "{\"groupId\":\"g1\",\"name\":\"" + name + "\"}"));
                producer.flush();
                if (name.equals("aborted")) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }

        assertThat(groupSync.topics().outcomes(2)).hasSize(2);
        assertThat(groupSync.zoom().requests())
                .extracting(request -> request.fields().get("name"))
                .containsExactly("committed", "committed too");
    }

    @Test
    void triesAgainWhileZoomIsBusy() {
        groupSync.zoom().answers(StandInReply.status(503), new StandInReply.Reset(false), new StandInReply.Garbage());
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        var outcome = groupSync.topics().outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(outcome.path("attempts").asInt()).isEqualTo(4);
        assertThat(groupSync.zoom().requests()).hasSize(4);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void othersGoOnWhileOneGroupWaits() {
        groupSync.with("zoom.retry.delay", "2s");
        groupSync.zoom().answers(StandInReply.status(503));
        groupSync.start();

        groupSync.receives("slow", "{\"groupId\":\"slow\",\"name\":\"n\"}");
        await().until(() -> groupSync.zoom().requests().size() == 1);
        groupSync.receives("quick", "{\"groupId\":\"quick\",\"name\":\"n\"}");

        assertThat(groupSync.topics().outcomes(2).stream()
                        .map(outcome -> outcome.path("groupId").asText()))
                .containsExactlyInAnyOrder("quick", "slow");
        assertThat(groupSync.zoom().requests().stream().map(request -> request.groupId()))
                .containsExactly("slow", "quick", "slow");
    }

    @Test
    void sendsWhatZoomRefusesToTheDeadLetters() {
        groupSync.zoom().unknown("gone");
        groupSync.start();

        var source = groupSync.receives("gone", "{\"groupId\":\"gone\",\"name\":\"n\"}");

        var outcome = groupSync.topics().outcomes(1).get(0);
        assertThat(outcome.path("status").asText()).isEqualTo("REJECTED");
        assertThat(outcome.path("reason").asText()).isEqualTo("group-not-found");
        assertThat(outcome.path("message").asText()).isEqualTo("Group does not exist:gone.");
        assertThat(outcome.path("httpStatus").asInt()).isEqualTo(404);
        assertThat(outcome.path("zoomCode").asInt()).isEqualTo(4130);
        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(letter.value()).asString().isEqualTo("{\"groupId\":\"gone\",\"name\":\"n\"}");
        assertThat(letter.key()).asString().isEqualTo("gone");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("group-not-found");
        assertThat(Topics.header(letter, "dead-letter-http-status")).isEqualTo("404");
        assertThat(Topics.header(letter, "dead-letter-zoom-code")).isEqualTo("4130");
        assertThat(Topics.header(letter, "dead-letter-attempts")).isEqualTo("1");
        assertThat(Topics.header(letter, "dead-letter-source-offset")).isEqualTo(String.valueOf(source.offset()));
        assertThat(Topics.header(letter, "dead-letter-tracking-id")).startsWith("v=2.0;clid=us02;rid=WEB_");
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void failsAnEventThatZoomNeverAnswersWhileItAnswersOthers() {
        groupSync.zoom().answersFor("poison", request -> StandInReply.status(500));
        groupSync.with("zoom.pause.probe-interval", "200ms");
        groupSync.start();

        groupSync.receives("poison", "{\"groupId\":\"poison\",\"name\":\"n\"}");
        await().until(() -> {
            groupSync.receives("good", "{\"groupId\":\"good\",\"name\":\"n\"}");
            return !groupSync.topics().deadLetters(0).isEmpty();
        });

        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(Topics.header(letter, "dead-letter-group-id")).isEqualTo("poison");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("retries-exhausted");
        // Those at which Zoom had not yet answered another one since the attempt before do not count.
        assertThat(Integer.parseInt(Topics.header(letter, "dead-letter-attempts")))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void aDryRunDoesAllButTheCall() {
        groupSync.with("dry-run", "true");
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.receives("g1", "{\"groupId\":\"g1\"}");

        assertThat(groupSync.topics().outcomes(2))
                .extracting(outcome -> outcome.path("status").asText())
                .containsExactlyInAnyOrder("DRY_RUN", "REJECTED");
        assertThat(groupSync.zoom().requests()).isEmpty();
        assertThat(groupSync.zoom().tokenRequests()).isZero();
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void sendsTheSameFieldsAsJsonIfTold() {
        groupSync.with("zoom.request-format", "json");
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"Müller\",\"search_by_domain\":true}");

        assertThat(groupSync.topics().outcomes(1)).hasSize(1);
        var request = groupSync.zoom().requests().get(0);
        assertThat(request.body()).isEqualTo("{\"name\":\"Müller\",\"search_by_domain\":true}");
        assertThat(request.headers().get("Content-Type").get(0)).startsWith("application/json");
    }

    @Test
    void startsWithAsManyRequestsAtATimeAsAreAllowed() {
        groupSync.with("zoom.max-concurrent-requests", "1000");

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.start();

        groupSync.allAreApplied(1);
    }

    @Test
    void staysWithinTheRateLimit() {
        groupSync.with("zoom.requests-per-second", "20");
        for (var i = 0; i < 60; i++) {
            groupSync.topics().sendAsync("g" + i, "{\"groupId\":\"g" + i + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();

        groupSync.start();

        assertThat(groupSync.topics().outcomes(60)).hasSize(60);
        var requests = groupSync.zoom().requests();
        assertThat(requests).hasSize(60);
        // The last 20 may not be let through before two seconds have passed; the first may come late.
        assertThat(Duration.ofNanos(requests.get(59).begun() - requests.get(0).begun()))
                .isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void keepsAnOutcomeThatCannotBePublishedAndPublishesItLater() {
        groupSync.topics().delete(groupSync.topics().outcomes);
        groupSync.with("camel.component.kafka.max-block-ms", "500");
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        await().until(() -> groupSync.zoom().requests().size() == 1);
        await().during(Duration.ofSeconds(2)).until(() -> groupSync.topics().lag() == 1);
        groupSync.topics().create(groupSync.topics().outcomes, 4);

        assertThat(groupSync.topics().outcomes(1)).hasSize(1);
        await().until(() -> groupSync.topics().lag() == 0);
        assertThat(groupSync.zoom().requests()).hasSize(1);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void losesNothingAndDeadLettersNothingWhileNoEventIsAtFault() {
        groupSync.zoom().answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "2");
        for (var i = 0; i < 50; i++) {
            groupSync.topics().sendAsync("g" + i, "{\"groupId\":\"g" + i + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();
        groupSync.start();
        await().until(() -> groupSync.zoom().requests().size() > 10);

        groupSync.zoom().answersAlways(new StandInReply.AsZoom());

        assertThat(groupSync.topics().outcomes(50))
                .hasSize(50)
                .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void goesOnWhereItStoppedAndRepeatsNothing() {
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.with("zoom.max-concurrent-requests", "8");
        for (var i = 0; i < 300; i++) {
            var group = "g" + i % 60;
            groupSync.topics().sendAsync(group, "{\"groupId\":\"" + group + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();
        groupSync.start();
        await().until(() -> groupSync.zoom().requests().size() > 100);

        groupSync.stop();
        var before = groupSync.zoom().requests().size();
        groupSync.start();

        assertThat(before).isLessThan(300);
        assertThat(groupSync.topics().outcomes(300)).hasSize(300);
        await().until(() -> groupSync.topics().lag() == 0);
        assertThat(groupSync.zoom().requests()).hasSize(300);
        Ledger.of(groupSync.zoom().requests()).neverOverlapsInAGroup().neverGoesBackInAGroup();
    }

    @Test
    void leavesWhatIsAbsentAsItIsInZoom() {
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"first\",\"type\":\"shared\"}");
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"second\"}");

        assertThat(groupSync.topics().outcomes(2)).hasSize(2);
        assertThat(groupSync.zoom().settings("g1")).isEqualTo(Map.of("name", "second", "type", "shared"));
    }
}
