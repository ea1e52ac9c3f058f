package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.event.Reason;
import groupsync.release.Version;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that Prometheus reads. */
class MetricsTest extends ShippedRoutes {

    private static final String PREFIX = "zoom_group_sync_";
    /** {@code | `name` | type | `label`, `label` | meaning |}. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\| ([^|]*) \\| [^|]+ \\|");

    /** @param expected in each line a value, a name without its prefix, and labels */
    private static void shows(Scrape metrics, String expected) {
        assertThat(expected.lines()).allSatisfy(line -> {
            var words = line.split(" ", -1);
            assertThat(metrics.value(PREFIX + words[1], Arrays.copyOfRange(words, 2, words.length)))
                    .isEqualTo(Double.parseDouble(words[0]));
        });
    }

    /** The lag is known at the second check of Kafka, at the latest. */
    private void allAreDone() {
        await().until(() -> topics.lag() == 0 && groupSync.metric("lag_events") == 0);
    }

    @Test
    void showsTheServiceTheJvmAndKafkasClientsInPrometheusTextFormat() {
        groupSync.start();
        groupSync.sends(5, 5);
        allAreDone();

        var answer = groupSync.get("/observe/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        var metrics = new Scrape(answer.body());
        // Without a limit.
        assertThat(metrics.value(PREFIX + "account_limit_requests_per_second")).isInfinite();
        assertThat(metrics.value("jvm_memory_used_bytes", "area=heap")).isPositive();
        assertThat(metrics.value("kafka_consumer_fetch_manager_records_consumed_total"))
                .isEqualTo(5);
        assertThat(metrics.value("kafka_producer_record_send_total")).isEqualTo(5);
        assertThat(groupSync.get("/observe/metrics/more").statusCode()).isEqualTo(404);
    }

    @Test
    void countsOutcomesAndRepliesOfZoom() {
        zoom.unknown("gone");
        groupSync.start();

        groupSync.sends(3, 3);
        groupSync.receives("gone");
        groupSync.receives("g1", "{\"groupId\":");
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"typo\":1}");
        allAreDone();
        var metrics = groupSync.metrics();

        shows(metrics, """
                3 events_total status=applied reason=none
                3 events_total status=rejected
                1 events_total reason=group-not-found
                1 events_total reason=malformed-json
                1 events_total reason=invalid-event
                3 dead_letters_total
                1 dead_letters_total reason=group-not-found
                1 dead_letters_total reason=malformed-json
                1 dead_letters_total reason=invalid-event
                3 requests_total method=PATCH verdict=applied status=204
                1 requests_total verdict=group_not_found status=404
                4 request_duration_seconds_count method=PATCH
                4 request_duration_seconds_bucket method=PATCH le=15.0
                4 event_attempts_sum
                4 event_attempts_bucket le=1.0
                4 event_attempts_count
                6 event_duration_seconds_count
                1 token_fetches_total result=fetched
                4 owned_partitions
                1 kafka_up
                0 in_hand_events
                0 in_hand_bytes
                0 in_hand_groups
                0 oldest_event_age_seconds
                0 paused
                1 info version=%s""".formatted(Version.CURRENT));
    }

    /** If its counter came with it, the first dead letter of a kind could raise no alert. */
    @Test
    void hasEachCounterOfDeadLettersFromTheStart() {
        groupSync.start();

        var reasons = groupSync.metrics().series().stream()
                .filter(series -> series.name().equals(PREFIX + "dead_letters_total"))
                .map(series -> series.labels().get("reason"));

        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::toString).toList());
    }

    @Test
    void measuresRequestsAndCountsAttempts() {
        zoom.latency(Duration.ofMillis(500));
        zoom.answers(StandInReply.status(503), new StandInReply.Reset(false));
        groupSync.start();

        groupSync.sends(1, 1);
        allAreDone();
        var metrics = groupSync.metrics();

        shows(metrics, """
                1 requests_total verdict=unavailable status=503
                1 requests_total verdict=unavailable status=none
                3 event_attempts_sum
                0 request_duration_seconds_bucket method=PATCH le=0.4""");
        assertThat(metrics.value(PREFIX + "request_duration_seconds_sum", "method=PATCH"))
                .isGreaterThan(1.5);
        assertThat(metrics.value(PREFIX + "event_duration_seconds_sum")).isGreaterThan(1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void showsAPauseWithItsCauseItsLengthAndTheBacklog(String protocol) {
        groupSync.with("consumer.group-protocol", protocol).with("zoom.retry.attempts", "1");
        zoom.answersAlways(StandInReply.status(503));
        groupSync.sends(20, 20);
        groupSync.start();
        await().until(() -> groupSync.metric("paused", "cause=unavailable") == 1);
        // Reading pauses now; the lag shows them.
        groupSync.sends(20, 20);
        await().until(() -> groupSync.metric("lag_events") == 40);

        var first = System.nanoTime();
        var paused = groupSync.metrics();
        var second = System.nanoTime();
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        var third = System.nanoTime();
        var later = groupSync.metrics();
        var fourth = System.nanoTime();
        zoom.answersAlways(new StandInReply.AsZoom());
        allAreDone();

        assertThat(paused.value(PREFIX + "paused")).isEqualTo(1);
        assertThat(paused.value(PREFIX + "in_hand_events")).isBetween(1.0, 40.0);
        assertThat(paused.value(PREFIX + "in_hand_bytes")).isGreaterThan(30);
        assertThat(paused.value(PREFIX + "in_hand_groups")).isBetween(1.0, 20.0);
        for (var age : List.of("oldest_event_age_seconds", "pause_seconds_total")) {
            // To the millisecond or so: the metrics count whole ones.
            assertThat(later.value(PREFIX + age) - paused.value(PREFIX + age))
                    .isBetween((third - second) / 1e9 - 0.1, (fourth - first) / 1e9 + 0.1);
        }
        assertThat(later.value(PREFIX + "requests_total", "method=GET", "status=503"))
                .isGreaterThan(1);
        shows(groupSync.metrics(), """
                0 paused
                1 pauses_total
                1 pauses_total cause=unavailable
                40 events_total status=applied
                0 dead_letters_total""");
    }

    @Test
    void countsRequestsBeyondTheLimitAndNoPauseForThem() {
        zoom.perSecond(5);
        groupSync.with("zoom.max-concurrent-requests", "4");
        groupSync.sends(20, 20);

        groupSync.start();
        allAreDone();

        var refused = replies(429);
        // At the most those in flight, at each of the three or four times that the limit was met.
        assertThat(refused).isBetween(1L, 24L);
        assertThat(groupSync.metric("requests_total", "verdict=too_many_requests", "status=429"))
                .isEqualTo((double) refused);
        assertThat(groupSync.metric("pauses_total")).isZero();
    }

    @Test
    void sendsSlowerWhileAnotherAppUsesAPartOfTheLimitAndFasterAfterwards() {
        zoom.perSecond(60);
        groupSync.with("zoom.requests-per-second", "60");
        groupSync.start();
        groupSync.sends(1, 1);
        allAreDone();
        assertThat(groupSync.metric("pace_ratio")).isEqualTo(1);

        zoom.otherApp(30, new Random(20));
        groupSync.sends(400, 400);
        await().until(() -> groupSync.metric("pace_ratio") < 0.8);
        allAreDone();
        var refused = replies(429);
        var slow = groupSync.metric("pace_ratio");
        zoom.otherApp(0.001, new Random(20));
        groupSync.sends(600, 600);
        allAreDone();

        // Without a slower pace, half of the requests would be refused.
        assertThat(refused).isBetween(10L, 80L);
        // Each request makes it a 2500th faster.
        assertThat(groupSync.metric("pace_ratio")).isGreaterThan(slow * 1.2);
        assertThat(groupSync.metric("pauses_total")).isZero();
    }

    @Test
    void countsRefusedCredentials() {
        zoom.clientSecret("another");
        groupSync.start();
        groupSync.sends(1, 1);
        await().until(() -> groupSync.metric("paused", "cause=credentials_refused") == 1);

        zoom.clientSecret(ZoomStandIn.CLIENT_SECRET);
        allAreDone();

        assertThat(groupSync.metric("token_fetches_total", "result=credentials_refused"))
                .isPositive();
        assertThat(groupSync.metric("token_fetches_total", "result=fetched")).isEqualTo(1);
        assertThat(groupSync.metric("requests_total", "verdict=credentials_refused"))
                .isZero();
    }

    @Test
    void showsTheLimitAndThePartOfThisInstance() {
        groupSync.with("zoom.requests-per-second", "40");
        groupSync.start();

        await().until(() -> groupSync.metric("owned_partitions") == 4);

        assertThat(groupSync.metric("account_limit_requests_per_second")).isEqualTo(40);
        await().untilAsserted(() ->
                assertThat(groupSync.metric("owned_limit_requests_per_second")).isEqualTo(40));
    }

    @Test
    void showsTheBoundOfTheDayAndItsUse() {
        groupSync.with("zoom.requests-per-day", "40");
        groupSync.sends(10, 10);

        groupSync.start();
        allAreDone();

        shows(groupSync.metrics(), """
                40 account_limit_requests_per_day
                40 owned_limit_requests_per_day
                10 owned_used_requests_of_day""");
    }

    /** Otherwise an orchestrator would restart a service that only waits: live answers 503 after 300 s of silence. */
    @ParameterizedTest
    @ValueSource(ints = {503, 204})
    void givesSignsOfLifeWhilePausedAndWhileWaitingForTheThrottler(int status) {
        zoom.answersAlways(StandInReply.status(status));
        groupSync.with("zoom.requests-per-second", "1");
        groupSync.sends(100, 100);
        groupSync.start();
        await().until(() -> groupSync.metric("silence_seconds") > 0);

        // Longer than the time between two checks of Kafka, the rarest sign of life.
        await().pollInterval(Duration.ofSeconds(1))
                .during(Duration.ofSeconds(15))
                .until(() -> groupSync.metric("silence_seconds") < 12);

        assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void noLabelHoldsATextFromOutside() {
        var outside = List.of("group-7f3a", "event-7f3a", "name-7f3a", "field-7f3a", "message-7f3a");
        zoom.answers(new StandInReply.Answer(299, Map.of(), "message-7f3a"));
        zoom.answersFor("group-7f3a-refused", request -> StandInReply.zoom(400, 300, "message-7f3a: not so"));
        groupSync.start();

        groupSync.receives("g", "{\"groupId\":\"group-7f3a\",\"name\":\"name-7f3a\",\"eventId\":\"event-7f3a\"}");
        groupSync.receives("g", "{\"groupId\":\"group-7f3a-refused\",\"name\":\"name-7f3a\"}");
        groupSync.receives("g", "{\"groupId\":\"group-7f3a\",\"field-7f3a\":1}");
        allAreDone();
        var metrics = groupSync.metrics();

        assertThat(metrics.value(PREFIX + "requests_total", "status=2xx")).isEqualTo(1);
        assertThat(metrics.text())
                .doesNotContain(outside)
                .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                .doesNotContain(ZoomStandIn.ACCOUNT_ID)
                .doesNotContain("stand-in-token");
    }

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
