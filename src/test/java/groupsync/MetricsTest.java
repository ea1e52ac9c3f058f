package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import groupsync.event.Reason;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of the shipped routes, as Prometheus reads them. */
class MetricsTest {

    private static final String PREFIX = "zoom_group_sync_";

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    private double metric(String name, String... labels) {
        return groupSync.metrics().value(PREFIX + name, labels);
    }

    /** The lag is known at the second check of Kafka, at the latest. */
    private void allAreDone() {
        await().until(() -> groupSync.topics().lag() == 0 && metric("lag_events") == 0);
    }

    @Test
    void isInPrometheusTextFormat() {
        groupSync.start();

        var answer = groupSync.get("/observe/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(new Scrape(answer.body()).series()).isNotEmpty();
        assertThat(groupSync.get("/observe/metrics/more").statusCode()).isEqualTo(404);
    }

    @Test
    void countsOutcomesAndRepliesOfZoom() {
        groupSync.zoom().unknown("gone");
        groupSync.start();

        groupSync.sends(3, 3);
        groupSync.receives("gone", "{\"groupId\":\"gone\",\"name\":\"n\"}");
        groupSync.receives("g1", "{\"groupId\":");
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"typo\":1}");
        allAreDone();

        assertThat(metric("events_total", "status=applied", "reason=none")).isEqualTo(3);
        assertThat(metric("events_total", "status=rejected")).isEqualTo(3);
        for (var reason : List.of("group-not-found", "malformed-json", "invalid-event")) {
            assertThat(metric("events_total", "reason=" + reason)).isEqualTo(1);
            assertThat(metric("dead_letters_total", "reason=" + reason)).isEqualTo(1);
        }
        assertThat(metric("dead_letters_total")).isEqualTo(3);
        assertThat(metric("requests_total", "method=PATCH", "verdict=applied", "status=204"))
                .isEqualTo(3);
        assertThat(metric("requests_total", "verdict=group_not_found", "status=404"))
                .isEqualTo(1);
        assertThat(metric("request_duration_seconds_count", "method=PATCH")).isEqualTo(4);
        assertThat(metric("request_duration_seconds_bucket", "method=PATCH", "le=15.0"))
                .isEqualTo(4);
        assertThat(metric("event_attempts_sum")).isEqualTo(4);
        assertThat(metric("event_attempts_bucket", "le=1.0")).isEqualTo(4);
        assertThat(metric("event_attempts_count")).isEqualTo(4);
        assertThat(metric("event_duration_seconds_count")).isEqualTo(6);
        assertThat(metric("token_fetches_total", "result=fetched")).isEqualTo(1);
        assertThat(metric("owned_partitions")).isEqualTo(4);
        assertThat(metric("kafka_up")).isEqualTo(1);
        assertThat(metric("in_hand_events")).isZero();
        assertThat(metric("in_hand_bytes")).isZero();
        assertThat(metric("in_hand_groups")).isZero();
        assertThat(metric("oldest_event_age_seconds")).isZero();
        assertThat(metric("paused")).isZero();
    }

    /** If its counter came with it, the first dead letter of a kind could raise no alert. */
    @Test
    void hasEachCounterOfDeadLettersFromTheStart() {
        groupSync.start();

        var reasons = groupSync.metrics().series().stream()
                .filter(series -> series.name().equals("zoom_group_sync_dead_letters_total"))
                .map(series -> series.labels().get("reason"));

        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::toString).toList());
    }

    @Test
    void measuresRequestsAndCountsAttempts() {
        groupSync.zoom().latency(Duration.ofMillis(500));
        groupSync.zoom().answers(StandInReply.status(503), new StandInReply.Reset(false));
        groupSync.start();

        groupSync.sends(1, 1);
        allAreDone();

        assertThat(metric("requests_total", "verdict=unavailable", "status=503"))
                .isEqualTo(1);
        assertThat(metric("requests_total", "verdict=unavailable", "status=none"))
                .isEqualTo(1);
        assertThat(metric("event_attempts_sum")).isEqualTo(3);
        assertThat(metric("request_duration_seconds_bucket", "method=PATCH", "le=0.4"))
                .isZero();
        assertThat(metric("request_duration_seconds_sum", "method=PATCH")).isBetween(1.5, 10.0);
        assertThat(metric("event_duration_seconds_sum")).isGreaterThan(1.5);
    }

    /** Brokers may be set to accept such records, and brokers before 4.0 do by default. */
    @Test
    void anAbsurdTimestampStaysWithinBoundsAndStopsNothing() {
        groupSync.topics().configure(groupSync.topics().updates, "message.timestamp.after.max.ms", "" + Long.MAX_VALUE);
        // Retention would delete the oldest.
        groupSync.topics().configure(groupSync.topics().updates, "retention.ms", "-1");
        var now = Instant.now();
        var absurd = List.of(
                0L,
                now.getEpochSecond(),
                Instant.parse("2001-09-09T01:46:40Z").toEpochMilli(),
                now.plus(Duration.ofDays(3_650)).toEpochMilli(),
                now.toEpochMilli() * 1_000,
                now.toEpochMilli() * 1_000_000,
                Long.MAX_VALUE);
        absurd.forEach(timestamp -> groupSync
                .topics()
                .sendAt(timestamp, "g" + timestamp, "{\"groupId\":\"g" + timestamp + "\",\"name\":\"n\"}"));
        groupSync.topics().flush();

        groupSync.start();
        allAreDone();

        assertThat(groupSync.topics().outcomes(absurd.size())).hasSize(absurd.size());
        assertThat(metric("pauses_total")).isZero();
        assertThat(metric("event_duration_seconds_count")).isEqualTo(absurd.size());
        // Three lie too far behind, and four ahead.
        assertThat(metric("event_duration_seconds_sum"))
                .isEqualTo(3.0 * Duration.ofDays(30).toSeconds());
    }

    @Test
    void countsRequestsSavedByMerging() {
        groupSync.with("updates.merge", "true").with("zoom.requests-per-second", "2");
        for (var i = 0; i < 4; i++) {
            groupSync.receives("other-" + i, "{\"groupId\":\"other-" + i + "\",\"name\":\"n\"}");
        }
        for (var i = 0; i < 5; i++) {
            groupSync.receives("g", "{\"groupId\":\"g\",\"name\":\"" + i + "\"}");
        }

        groupSync.start();
        allAreDone();

        assertThat(metric("events_total", "status=applied")).isEqualTo(9);
        assertThat(metric("merged_events_total")).isEqualTo(4);
        assertThat(metric("requests_total")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void showsAPauseWithItsCauseItsLengthAndTheBacklog(String protocol) {
        groupSync.with("consumer.group-protocol", protocol).with("zoom.retry.attempts", "1");
        groupSync.zoom().answersAlways(StandInReply.status(503));
        groupSync.sends(20, 20);
        groupSync.start();
        await().until(() -> metric("paused", "cause=unavailable") == 1);
        // Reading is paused now, but the lag counts them.
        groupSync.sends(20, 20);
        await().until(() -> metric("lag_events") == 40);

        var paused = groupSync.metrics();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        var later = groupSync.metrics();
        groupSync.zoom().answersAlways(new StandInReply.AsZoom());
        allAreDone();

        assertThat(paused.value("zoom_group_sync_paused")).isEqualTo(1);
        assertThat(paused.value("zoom_group_sync_in_hand_events")).isBetween(1.0, 40.0);
        assertThat(paused.value("zoom_group_sync_in_hand_bytes")).isGreaterThan(30);
        assertThat(paused.value("zoom_group_sync_in_hand_groups")).isBetween(1.0, 20.0);
        assertThat(later.value("zoom_group_sync_oldest_event_age_seconds")
                        - paused.value("zoom_group_sync_oldest_event_age_seconds"))
                .isCloseTo(2, within(1.0));
        assertThat(later.value("zoom_group_sync_pause_seconds_total", "cause=unavailable")
                        - paused.value("zoom_group_sync_pause_seconds_total", "cause=unavailable"))
                .isCloseTo(2, within(1.0));
        assertThat(later.value("zoom_group_sync_requests_total", "method=GET", "status=503"))
                .isGreaterThan(1);
        assertThat(metric("paused")).isZero();
        assertThat(metric("pauses_total")).isEqualTo(metric("pauses_total", "cause=unavailable"));
        assertThat(metric("pauses_total")).isEqualTo(1);
        assertThat(metric("events_total", "status=applied")).isEqualTo(40);
        assertThat(metric("dead_letters_total")).isZero();
    }

    @Test
    void countsRequestsBeyondTheLimitAndNoPauseForThem() {
        groupSync.zoom().perSecond(5);
        groupSync.with("zoom.max-concurrent-requests", "4");
        groupSync.sends(20, 20);

        groupSync.start();
        allAreDone();

        var refused = groupSync.zoom().requests().stream()
                .filter(request -> request.status() == 429)
                .count();
        assertThat(refused).isPositive();
        assertThat(metric("requests_total", "verdict=too_many_requests", "status=429"))
                .isEqualTo((double) refused);
        assertThat(metric("pauses_total")).isZero();
    }

    @Test
    void countsRefusedCredentials() {
        groupSync.zoom().clientSecret("another");
        groupSync.start();
        groupSync.sends(1, 1);
        await().until(() -> metric("paused", "cause=credentials_refused") == 1);

        groupSync.zoom().clientSecret(ZoomStandIn.CLIENT_SECRET);
        allAreDone();

        assertThat(metric("token_fetches_total", "result=credentials_refused")).isPositive();
        assertThat(metric("token_fetches_total", "result=fetched")).isEqualTo(1);
        assertThat(metric("requests_total", "verdict=credentials_refused")).isZero();
    }

    @Test
    void showsTheLimitAndThePartOfThisInstance() {
        groupSync.with("zoom.requests-per-second", "40");
        groupSync.start();

        await().until(() -> metric("owned_partitions") == 4);

        assertThat(metric("account_limit_requests_per_second")).isEqualTo(40);
        await().untilAsserted(() ->
                assertThat(metric("owned_limit_requests_per_second")).isEqualTo(40));
    }

    @Test
    void showsNoLimitAsInfinite() {
        groupSync.start();

        assertThat(metric("account_limit_requests_per_second")).isInfinite();
    }

    /** The end of a transaction takes an offset, but is no update. */
    @Test
    void theEndOfATransactionIsNoLag() {
        groupSync.start();

        groupSync.topics().transactions().abort("g1", "{\"groupId\":\"g1\",\"name\":\"never\"}");
        groupSync.topics().transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"a\"}");
        groupSync.topics().transactions().commit("g1", "{\"groupId\":\"g1\",\"name\":\"b\"}");
        groupSync.topics().outcomes(2);

        allAreDone();
        assertThat(metric("events_total")).isEqualTo(2);
    }

    /** Otherwise an orchestrator would restart a service that only waits: live answers 503 after 300 s of silence. */
    @ParameterizedTest
    @ValueSource(ints = {503, 204})
    void givesSignsOfLifeWhilePausedAndWhileWaitingForTheThrottler(int status) {
        groupSync.zoom().answersAlways(StandInReply.status(status));
        groupSync.with("zoom.requests-per-second", "1");
        groupSync.sends(100, 100);
        groupSync.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> metric("silence_seconds") > 0);

        // Longer than the interval of the Kafka checks, the rarest sign of life.
        await().pollInterval(Duration.ofSeconds(1))
                .during(Duration.ofSeconds(15))
                .atMost(Duration.ofSeconds(60))
                .until(() -> metric("silence_seconds") < 12);

        assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void updatesBehindAnOpenTransactionAreLag() {
        groupSync.start();

        groupSync.topics().transactions().leaveOpen("g0", "{\"groupId\":\"g0\",\"name\":\"a\"}");
        groupSync.sends(20, 1);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(metric("lag_events")).isEqualTo(21));
    }

    @Test
    void showsKafkaAsDownWhileATopicIsMissing() {
        groupSync.start();
        await().until(() -> metric("kafka_up") == 1);

        groupSync.topics().delete(groupSync.topics().outcomes);

        await().until(() -> metric("kafka_up") == 0);
    }

    @Test
    void showsTheJvmAndKafkasClients() {
        groupSync.start();
        groupSync.sends(5, 5);
        allAreDone();

        var metrics = groupSync.metrics();

        assertThat(metrics.value("jvm_memory_used_bytes", "area=heap")).isPositive();
        assertThat(metrics.value("kafka_consumer_fetch_manager_records_consumed_total"))
                .isEqualTo(5);
        assertThat(metrics.value("kafka_producer_record_send_total")).isEqualTo(5);
    }

    @Test
    void noLabelHoldsATextFromOutside() {
        var outside = List.of("group-7f3a", "event-7f3a", "name-7f3a", "field-7f3a", "message-7f3a");
        groupSync.zoom().answers(new StandInReply.Answer(299, Map.of(), "message-7f3a"));
        groupSync
                .zoom()
                .answersFor("group-7f3a-refused", request -> StandInReply.zoom(400, 300, "message-7f3a: not so"));
        groupSync.start();

        groupSync.receives(
                "group-7f3a", "{\"groupId\":\"group-7f3a\",\"name\":\"name-7f3a\",\"eventId\":\"event-7f3a\"}");
        groupSync.receives("group-7f3a-refused", "{\"groupId\":\"group-7f3a-refused\",\"name\":\"name-7f3a\"}");
        groupSync.receives("group-7f3a", "{\"groupId\":\"group-7f3a\",\"field-7f3a\":1}");
        allAreDone();
        var metrics = groupSync.metrics();

        assertThat(metrics.value("zoom_group_sync_requests_total", "status=2xx"))
                .isEqualTo(1);
        assertThat(metrics.text())
                .doesNotContain(outside)
                .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                .doesNotContain(ZoomStandIn.ACCOUNT_ID)
                .doesNotContain("stand-in-token");
    }

    /** {@code | `name` | type | `label`, `label` | meaning |}. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*) \\| [^|]+ \\|");

    @Test
    void theDocumentNamesEachMetricWithItsTypeAndItsLabels() throws IOException {
        groupSync.start();
        groupSync.sends(1, 1);
        allAreDone();
        var metrics = groupSync.metrics();

        var documented = ROW.matcher(Files.readString(Path.of("docs", "metrics.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " "
                        + new TreeSet<>(List.of(row.group(3).replace("`", "").split(", "))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .containsExactlyElementsOf(metrics.types().entrySet().stream()
                        .filter(metric -> metric.getKey().startsWith(PREFIX))
                        .map(metric -> metric.getKey() + " " + metric.getValue() + " "
                                + (metrics.labels(metric.getKey()).isEmpty() ? "[]" : metrics.labels(metric.getKey())))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
