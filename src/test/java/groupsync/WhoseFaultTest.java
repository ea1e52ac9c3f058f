package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a failure is an event's own fault, on the shipped routes. */
class WhoseFaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PROBED = "zoom-group-sync-probe";
    private static final StandInReply AS_ZOOM = new StandInReply.AsZoom();
    private static final StandInReply PAGE =
            new StandInReply.Answer(400, Map.of("Content-Type", "text/html"), "<h1>Bad request</h1>");

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeEach
    void isQuick() {
        groupSync
                .with("zoom.pause.probe-interval", "100ms")
                .with("zoom.retry.delay", "20ms")
                .with("zoom.retry.max-delay", "200ms");
    }

    private void answers(int groups, Function<ReceivedRequest, StandInReply> reply) {
        for (var group = 0; group < groups; group++) {
            groupSync.zoom().answersFor("g" + group, reply);
        }
    }

    private static Function<ReceivedRequest, StandInReply> toUpdates(StandInReply reply) {
        return request -> request.method().equals("PATCH") ? reply : AS_ZOOM;
    }

    private long requests(String method) {
        return groupSync.zoom().requests().stream()
                .filter(request -> request.method().equals(method))
                .count();
    }

    // --- It is Zoom's ---

    @ParameterizedTest
    @ValueSource(ints = {50, 70})
    void aBrownOutMakesNoDeadLetter(int percent) {
        var chance = new Random(percent);
        Function<ReceivedRequest, StandInReply> brownOut =
                request -> chance.nextInt(100) < percent ? StandInReply.status(503) : AS_ZOOM;
        answers(30, brownOut);
        groupSync.zoom().answersFor(PROBED, brownOut);
        groupSync.sends(600, 30);

        groupSync.start();

        groupSync.allAreApplied(600);
    }

    @Test
    void anOutageOfUpdatesAloneMakesNoDeadLetterAndIsNotRushedAt() {
        answers(3, toUpdates(StandInReply.status(503)));
        groupSync.with("zoom.retry.attempts", "2");
        groupSync.sends(3, 3);
        groupSync.start();
        await().atMost(PATIENCE).until(() -> requests("GET") > 60);

        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
        assertThat(groupSync.health("").body()).contains("UNAVAILABLE");
        answers(3, request -> AS_ZOOM);

        groupSync.allAreApplied(3);
    }

    // --- It is that of some ---

    private long applied() {
        return groupSync.zoom().requests().stream()
                .filter(request -> request.status() == 204)
                .count();
    }

    @Test
    void groupsThatGetNoVerdictStopNoOthers() {
        groupSync.with("zoom.pause.probe-interval", "1s").with("zoom.max-concurrent-requests", "4");
        answers(40, toUpdates(PAGE));
        groupSync.sends(40, 40);
        groupSync.start();
        await().atMost(PATIENCE).until(() -> requests("GET") >= 1);

        for (var i = 0; i < 200; i++) {
            groupSync
                    .topics()
                    .sendAsync("good" + i % 20, "{\"groupId\":\"good" + i % 20 + "\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();
        await().atMost(PATIENCE)
                .until(() -> applied() > 0 || groupSync.metrics().value("zoom_group_sync_in_hand_events") > 40);
        var before = requests("GET");

        await().atMost(PATIENCE).until(() -> applied() == 200);
        // One update tries at each look: if the 40 went first, there would be as many looks.
        assertThat(requests("GET") - before).isLessThan(20);
    }

    @Test
    void aRefusalWithoutAKnownMeaningThatOthersDoNotGetIsADeadLetterInTheEnd() {
        groupSync.zoom().answersFor("odd", request -> StandInReply.zoom(400, 9999, "Not with this group."));
        groupSync.start();
        groupSync.receives("odd", "{\"groupId\":\"odd\",\"name\":\"n\"}");

        await().atMost(PATIENCE).until(() -> {
            groupSync.receives("good", "{\"groupId\":\"good\",\"name\":\"n\"}");
            return !groupSync.topics().deadLetters(0).isEmpty();
        });

        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(Topics.header(letter, "dead-letter-group-id")).isEqualTo("odd");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("rejected-by-zoom");
        assertThat(Topics.header(letter, "dead-letter-message")).isEqualTo("Not with this group.");
        assertThat(Integer.parseInt(Topics.header(letter, "dead-letter-attempts")))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void aDailyLimitOfOneGroupStopsThatGroupAlone() {
        groupSync
                .zoom()
                .answersFor(
                        "busy",
                        request -> StandInReply.zoom(
                                429,
                                429,
                                "You have exceeded the daily rate limit (100) of Update API requests permitted for"
                                        + " this particular group."));
        groupSync.start();
        groupSync.receives("busy", "{\"groupId\":\"busy\",\"name\":\"n\"}");
        await().atMost(PATIENCE).until(() -> requests("PATCH") == 1);

        groupSync.sends(40, 40);

        assertThat(groupSync.topics().outcomes(40))
                .hasSize(40)
                .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
        assertThat(groupSync.health("").statusCode()).isEqualTo(200);
        assertThat(requests("PATCH")).isEqualTo(41);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    // --- A probe is a hint ---

    static Stream<StandInReply> oddProbes() {
        return Stream.of(
                StandInReply.status(405),
                new StandInReply.Answer(403, Map.of("Content-Type", "text/html"), "<h1>Forbidden</h1>"),
                new StandInReply.Answer(200, Map.of("Content-Type", "application/json"), "{}"),
                StandInReply.status(404),
                StandInReply.status(501),
                StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[x]"));
    }

    @ParameterizedTest
    @MethodSource("oddProbes")
    void goesOnByItselfWhateverTheProbeIsAnswered(StandInReply odd) {
        groupSync.zoom().answersFor(PROBED, request -> odd);
        answers(20, toUpdates(StandInReply.status(503)));
        groupSync.sends(20, 20);
        groupSync.start();
        await().atMost(PATIENCE).until(() -> requests("GET") >= 2);

        answers(20, request -> AS_ZOOM);

        groupSync.allAreApplied(20);
        await().atMost(PATIENCE).until(() -> groupSync.health("").statusCode() == 200);
    }

    @Test
    void aLonePoisonEventIsADeadLetterAlsoWhereTheAppMayNotRead() {
        groupSync
                .zoom()
                .answersFor(
                        PROBED,
                        request -> StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[x]"));
        groupSync.zoom().answersFor("poison", request -> StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "2");
        groupSync.start();

        groupSync.receives("poison", "{\"groupId\":\"poison\",\"name\":\"n\"}");

        await().atMost(PATIENCE).until(() -> !groupSync.topics().deadLetters(0).isEmpty());
        assertThat(Topics.header(groupSync.topics().deadLetters(1).get(0), "dead-letter-reason"))
                .isEqualTo("retries-exhausted");
        await().atMost(PATIENCE).until(() -> groupSync.health("").statusCode() == 200);
    }

    /** That it was given up says nothing of Zoom: all the others would rush at it. */
    @Test
    void aLonePoisonEventThatIsGivenUpLetsNoMoreThanOneOtherTry() {
        var last = new CountDownLatch(1);
        var othersAreThere = new CountDownLatch(1);
        groupSync.zoom().answersFor("poison", request -> {
            // Zoom answered enough probes for this attempt to be the last.
            if (request.method().equals("PATCH") && requests("GET") >= 6) {
                last.countDown();
                waitFor(othersAreThere);
            }
            return toUpdates(StandInReply.status(500)).apply(request);
        });
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        answers(20, request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now.decrementAndGet();
            return StandInReply.status(503);
        });
        groupSync.with("zoom.retry.attempts", "1").with("zoom.response-timeout", "15s");
        groupSync.start();
        groupSync.receives("poison", "{\"groupId\":\"poison\",\"name\":\"n\"}");
        waitFor(last);

        groupSync.sends(20, 20);
        await().atMost(PATIENCE).until(() -> groupSync.metrics().value("zoom_group_sync_in_hand_events") == 21);
        othersAreThere.countDown();

        assertThat(Topics.header(groupSync.topics().deadLetters(1).get(0), "dead-letter-reason"))
                .isEqualTo("retries-exhausted");
        await().atMost(PATIENCE).until(() -> updatesOfOthers() >= 3);
        assertThat(most).hasValue(1);
    }

    private long updatesOfOthers() {
        return groupSync.zoom().requests().stream()
                .filter(request ->
                        request.method().equals("PATCH") && !request.path().endsWith("/poison"))
                .count();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The app or the account may be what is refused: that is no sign that Zoom would answer others. */
    @Test
    void probesThatAreRefusedForAnUnknownReasonMakeNoDeadLetterOfALoneEvent() {
        groupSync.zoom().answersFor(PROBED, request -> StandInReply.zoom(400, 9999, "Not now."));
        groupSync.zoom().answersFor("poison", request -> StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "1");
        groupSync.start();

        groupSync.receives("poison", "{\"groupId\":\"poison\",\"name\":\"n\"}");

        await().atMost(PATIENCE)
                .until(() -> requests("GET") > 20
                        || !groupSync.topics().deadLetters(0).isEmpty());
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    // --- Retry-After ---

    @Test
    void aRetryAfterOfADayOfOneFailureHoldsAGroupUpNoLongerThanTheLongestDelay() {
        groupSync.zoom().answers(StandInReply.with(StandInReply.status(503), "Retry-After", "86400"));
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.allAreApplied(1);
    }

    @Test
    void aRetryAfterOfADayOfAnOutageIsLookedAtAgainSoon() {
        groupSync.zoom().answersAlways(StandInReply.with(StandInReply.status(503), "Retry-After", "86400"));
        groupSync.sends(20, 20);
        groupSync.start();
        await().atMost(PATIENCE).until(() -> groupSync.health("").body().contains("UNAVAILABLE"));

        groupSync.zoom().answersAlways(AS_ZOOM);

        groupSync.allAreApplied(20);
    }
}
