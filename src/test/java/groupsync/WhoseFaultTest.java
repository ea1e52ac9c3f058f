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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an event or Zoom is at fault for a failure. */
class WhoseFaultTest extends ShippedRoutes {

    private static final String PROBED = "zoom-group-sync-probe";
    private static final StandInReply AS_ZOOM = new StandInReply.AsZoom();
    private static final StandInReply NO_SCOPE =
            StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[x]");
    private static final StandInReply PAGE =
            new StandInReply.Answer(400, Map.of("Content-Type", "text/html"), "<h1>Bad request</h1>");

    @BeforeEach
    void isQuick() {
        groupSync
                .with("zoom.pause.probe-interval", "100ms")
                .with("zoom.retry.delay", "20ms")
                .with("zoom.retry.max-delay", "200ms");
    }

    private void answers(int groups, Function<ReceivedRequest, StandInReply> reply) {
        for (var group = 0; group < groups; group++) {
            zoom.answersFor("g" + group, reply);
        }
    }

    private static Function<ReceivedRequest, StandInReply> toUpdates(StandInReply reply) {
        return request -> request.method().equals("PATCH") ? reply : AS_ZOOM;
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 70})
    void aBrownOutMakesNoDeadLetter(int percent) {
        var chance = new Random(percent);
        Function<ReceivedRequest, StandInReply> brownOut =
                request -> chance.nextInt(100) < percent ? StandInReply.status(503) : AS_ZOOM;
        answers(30, brownOut);
        zoom.answersFor(PROBED, brownOut);
        groupSync.sends(600, 30);

        groupSync.start();

        groupSync.allAreApplied(600);
    }

    @Test
    void groupsThatGetNoVerdictStopNoOthers() {
        groupSync.with("zoom.pause.probe-interval", "1s").with("zoom.max-concurrent-requests", "4");
        answers(40, toUpdates(PAGE));
        groupSync.sends(40, 40);
        groupSync.start();
        await().until(() -> requests("GET").size() >= 1);

        for (var i = 0; i < 200; i++) {
            topics.sendAsync("good" + i % 20, "{\"groupId\":\"good" + i % 20 + "\",\"name\":\"" + i + "\"}");
        }
        topics.flush();
        await().until(() -> replies(204) > 0 || groupSync.metric("in_hand_events") > 40);
        var before = requests("GET").size();

        await().until(() -> replies(204) == 200);
        // After each probe one update is sent: if the 40 were sent first, there would be as many probes.
        assertThat(requests("GET").size() - before).isLessThan(20);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(StandInReply.status(500), "retries-exhausted", "an empty answer"),
                Arguments.of(
                        StandInReply.zoom(400, 9999, "Not with this group."),
                        "rejected-by-zoom",
                        "Not with this group."));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anEventIsADeadLetterIfZoomAppliesOthersBetweenItsFailures(StandInReply reply, String reason, String message) {
        zoom.answersFor("poison", request -> reply);
        groupSync.start();
        groupSync.receives("poison");

        await().until(() -> {
            groupSync.receives("good");
            return !topics.deadLetters(0).isEmpty();
        });

        var letter = topics.deadLetter();
        assertThat(Topics.header(letter, "dead-letter-group-id")).isEqualTo("poison");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo(reason);
        assertThat(Topics.header(letter, "dead-letter-message")).isEqualTo(message);
        assertThat(Integer.parseInt(Topics.header(letter, "dead-letter-attempts")))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void aDailyLimitOfOneGroupStopsThatGroupAlone() {
        zoom.answersFor(
                "busy",
                request -> StandInReply.zoom(
                        429,
                        429,
                        "You have exceeded the daily rate limit (100) of Update API requests permitted for"
                                + " this particular group."));
        groupSync.start();
        groupSync.receives("busy");
        await().until(() -> requests("PATCH").size() == 1);

        groupSync.sends(40, 40);

        assertThat(topics.outcomes(40, "status")).hasSize(40).containsOnly("APPLIED");
        assertThat(groupSync.health("").statusCode()).isEqualTo(200);
        assertThat(requests("PATCH").size()).isEqualTo(41);
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    static Stream<StandInReply> oddProbes() {
        return Stream.of(
                StandInReply.status(405),
                new StandInReply.Answer(403, Map.of("Content-Type", "text/html"), "<h1>Forbidden</h1>"),
                new StandInReply.Answer(200, Map.of("Content-Type", "application/json"), "{}"),
                StandInReply.status(404),
                StandInReply.status(501),
                NO_SCOPE);
    }

    @ParameterizedTest
    @MethodSource("oddProbes")
    void continuesAfterAnyReplyToTheProbe(StandInReply odd) {
        zoom.answersFor(PROBED, request -> odd);
        answers(20, toUpdates(StandInReply.status(503)));
        groupSync.sends(20, 20);
        groupSync.start();
        await().until(() -> requests("GET").size() >= 2);

        answers(20, request -> AS_ZOOM);

        groupSync.allAreApplied(20);
        groupSync.isReady();
    }

    /** The app may lack the scope to read groups. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOnlyPendingEventIsADeadLetterAfterManyProbes(boolean mayRead) {
        zoom.answersFor(PROBED, request -> mayRead ? AS_ZOOM : NO_SCOPE);
        zoom.answersFor("poison", toUpdates(StandInReply.status(500)));
        groupSync.with("zoom.retry.attempts", "2");
        groupSync.start();

        groupSync.receives("poison");

        assertThat(Topics.header(topics.deadLetter(), "dead-letter-reason")).isEqualTo("retries-exhausted");
        groupSync.isDone();
        groupSync.isReady();
    }

    /** That it was given up says nothing of Zoom: all the others would rush at it. */
    @Test
    void aLonePoisonEventThatIsGivenUpLetsNoMoreThanOneOtherTry() {
        var last = new CountDownLatch(1);
        var othersAreThere = new CountDownLatch(1);
        zoom.answersFor("poison", request -> {
            // Zoom answered enough probes for this attempt to be the last.
            if (request.method().equals("PATCH") && requests("GET").size() >= 6) {
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
        groupSync.receives("poison");
        waitFor(last);

        groupSync.sends(20, 20);
        await().until(() -> groupSync.metric("in_hand_events") == 21);
        othersAreThere.countDown();

        assertThat(Topics.header(topics.deadLetter(), "dead-letter-reason")).isEqualTo("retries-exhausted");
        await().until(() -> updatesOfOthers() >= 3);
        assertThat(most).hasValue(1);
    }

    private long updatesOfOthers() {
        return zoom.requests().stream()
                .filter(request ->
                        request.method().equals("PATCH") && !request.path().endsWith("/poison"))
                .count();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The app or the account may be what is refused: that is no sign that Zoom would answer others. */
    @Test
    void probesThatAreRefusedForAnUnknownReasonMakeNoDeadLetterOfALoneEvent() {
        zoom.answersFor(PROBED, request -> StandInReply.zoom(400, 9999, "Not now."));
        zoom.answersFor("poison", request -> StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "1");
        groupSync.start();

        groupSync.receives("poison");

        await().until(() ->
                requests("GET").size() > 20 || !topics.deadLetters(0).isEmpty());
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void aRetryAfterOfADayDelaysNoUpdateAndNoProbeForADay() {
        zoom.answersAlways(StandInReply.with(StandInReply.status(503), "Retry-After", "86400"));
        groupSync.sends(20, 20);
        groupSync.start();
        groupSync.healthSays("UNAVAILABLE");

        zoom.answersAlways(AS_ZOOM);

        groupSync.allAreApplied(20);
    }
}
