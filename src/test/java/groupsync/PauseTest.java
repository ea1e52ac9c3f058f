package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pauses, in which no event is at fault. */
class PauseTest extends ShippedRoutes {

    private static final int EVENTS = 60;

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(StandInReply.status(503), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Reset(false), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Garbage(), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Hang(), "UNAVAILABLE", "wait"),
                Arguments.of(
                        new StandInReply.Answer(404, Map.of("Content-Type", "text/html"), "<h1>Not found</h1>"),
                        "NOT_UNDERSTOOD",
                        "zoom.api-url"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | 124  | Invalid access token.                             | TOKEN_REFUSED        | credentials
            400 | 4711 | Invalid access token, does not contain scopes:[x] | SCOPE_MISSING        | imgroup:write:admin
            415 | 300  | Unsupported Content Type                          | ENCODING_REFUSED     | zoom.request-format
            410 | 4137 | The IM Group APIs are no longer available.        | API_GONE             | zoom.groups=contacts
            400 | 200  | Only available for Paid account.                  | ACCOUNT_NOT_ENTITLED | paid plan
            400 | 4717 | The app has been disabled.                        | APP_DEACTIVATED      | activate
            400 | 2001 | Account does not exist.                           | ACCOUNT_REFUSED      | zoom.account-id
            403 | 1010 | The IP address 192.0.2.1 is not in the allow list. | ADDRESS_REFUSED     | allow list
            400 | -1   | System error                                      | UNAVAILABLE          | wait
            400 | 9999 | Not now.                                          | REFUSAL_UNKNOWN      | "Zoom's words"
            429 | 429  | You have reached the maximum daily rate limit     | DAILY_LIMIT_SPENT    | next day
            """, quoteCharacter = '"')
    void pausesAfterARefusalThatConcernsAllUpdates(int status, int code, String message, String cause, String remedy) {
        var reply = StandInReply.zoom(status, code, message);

        pausesAndContinuesAfter(status == 429 ? StandInReply.with(reply, "Retry-After", "1") : reply, cause, remedy);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void pausesAndContinuesAfter(StandInReply reply, String cause, String remedy) {
        groupSync.with("zoom.retry.attempts", "2").with("zoom.response-timeout", "300ms");
        zoom.answersAlways(reply);
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        groupSync.healthSays(cause);

        var health = groupSync.health("");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"status\":\"DOWN\"", cause, remedy, "\"nextProbe\":\"", "\"since\":\"");
        assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
        assertThat(topics.outcomes(0)).isEmpty();
        zoom.answersAlways(new StandInReply.AsZoom());

        groupSync.allAreApplied(EVENTS);
        groupSync.isReady();
    }

    @Test
    void sendsOneRequestAnIntervalAndEachThirdIsAnUpdate() {
        zoom.answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "300ms");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();

        await().until(() -> sinceTheFirstProbe().size() >= 6);

        var probes = sinceTheFirstProbe().subList(0, 6);
        assertThat(probes)
                .extracting(ReceivedRequest::method)
                .containsExactly("GET", "GET", "PATCH", "GET", "GET", "PATCH");
        for (var i = 1; i < probes.size(); i++) {
            assertThat(Duration.ofNanos(
                            probes.get(i).begun() - probes.get(i - 1).ended()))
                    .isGreaterThan(Duration.ofMillis(200));
        }
    }

    /** No other request is in flight at the first probe. */
    private List<ReceivedRequest> sinceTheFirstProbe() {
        return zoom.requests().stream()
                .dropWhile(request -> !request.method().equals("GET"))
                .toList();
    }

    /** The secret may have been rotated during an outage. */
    @Test
    void renewsATokenThatWasRevokedInAPauseBeforeTheNextProbe() {
        zoom.answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "15s");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        await().until(() -> !sinceTheFirstProbe().isEmpty());

        zoom.revokeTokens();
        zoom.answersAlways(new StandInReply.AsZoom());
        groupSync.allAreApplied(EVENTS);

        var probes = zoom.requests().stream()
                .dropWhile(request -> request.status() != 401)
                .limit(2)
                .toList();
        // The second is a GET, or an update as each third probe.
        assertThat(probes.get(1).status()).isIn(200, 204);
        assertThat(Duration.ofNanos(probes.get(1).begun() - probes.get(0).begun()))
                .isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void twoPoisonEventsWaitUntilZoomAppliesOthers() {
        zoom.answersFor("poison1", request -> StandInReply.status(500));
        zoom.answersFor("poison2", request -> StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "2").with("zoom.pause.probe-interval", "100ms");
        groupSync.start();

        groupSync.receives("poison1");
        groupSync.receives("poison2");
        await().until(() -> zoom.requests().size() > 60);
        assertThat(topics.deadLetters(0)).isEmpty();
        await().until(() -> {
            groupSync.receives("good");
            return topics.deadLetters(0).size() == 2;
        });

        assertThat(topics.deadLetters(2)).hasSize(2);
        groupSync.isReady();
    }

    @Test
    void fetchesNoTokenBetweenProbesWhileTheTokenEndpointFails() {
        zoom.tokenReply(StandInReply.status(503));
        groupSync.with("zoom.pause.probe-interval", "1s");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("TOKEN_UNAVAILABLE", "zoom.token-url");
        var before = zoom.tokenRequests();
        var begun = System.nanoTime();
        await().until(() -> zoom.tokenRequests() >= before + 5);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
        zoom.tokenReply(null);

        groupSync.allAreApplied(EVENTS);
    }

    @Test
    void waitsForTopicsThatAreMissingAtTheStart() {
        topics.delete(topics.updates);
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("the topic " + topics.updates + " is missing");

        topics.create(topics.updates, 4);
        groupSync.sends(5, 5);

        groupSync.allAreApplied(5);
    }
}
