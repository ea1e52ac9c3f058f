package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens while no event is at fault, on the shipped routes. */
class PauseTest {

    private static final int EVENTS = 60;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(StandInReply.status(503), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Reset(false), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Garbage(), "UNAVAILABLE", "wait"),
                Arguments.of(new StandInReply.Hang(), "UNAVAILABLE", "wait"),
                Arguments.of(
                        new StandInReply.Answer(404, Map.of("Content-Type", "text/html"), "<h1>Not found</h1>"),
                        "NOT_UNDERSTOOD",
                        "zoom.api-url"),
                Arguments.of(StandInReply.zoom(401, 124, "Invalid access token."), "TOKEN_REFUSED", "credentials"),
                Arguments.of(
                        StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[x]"),
                        "SCOPE_MISSING",
                        "imgroup:write:admin"),
                Arguments.of(
                        StandInReply.zoom(415, 300, "Unsupported Content Type"),
                        "ENCODING_REFUSED",
                        "zoom.request-format"),
                Arguments.of(
                        StandInReply.zoom(410, 4137, "The IM Group APIs are no longer available."),
                        "API_GONE",
                        "newer groups API"),
                Arguments.of(
                        StandInReply.zoom(400, 200, "Only available for Paid account."),
                        "ACCOUNT_NOT_ENTITLED",
                        "paid plan"),
                Arguments.of(StandInReply.zoom(400, 4717, "The app has been disabled."), "APP_DEACTIVATED", "activate"),
                Arguments.of(
                        StandInReply.zoom(400, 2001, "Account does not exist."), "ACCOUNT_REFUSED", "zoom.account-id"),
                Arguments.of(
                        StandInReply.zoom(403, 1010, "The IP address 192.0.2.1 is not in the allow list."),
                        "ADDRESS_REFUSED",
                        "allow list"),
                Arguments.of(StandInReply.zoom(400, -1, "System error"), "UNAVAILABLE", "wait"),
                Arguments.of(StandInReply.zoom(400, 9999, "Not now."), "REFUSAL_UNKNOWN", "Zoom's words"),
                Arguments.of(
                        StandInReply.with(
                                StandInReply.zoom(429, 429, "You have reached the maximum daily rate limit"),
                                "Retry-After",
                                "1"),
                        "DAILY_LIMIT_SPENT",
                        "next day"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void pausesAndSaysWhyAndGoesOnByItself(StandInReply reply, String cause, String remedy) {
        groupSync.with("zoom.retry.attempts", "2").with("zoom.response-timeout", "300ms");
        groupSync.zoom().answersAlways(reply);
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        await().until(() -> groupSync.health("").body().contains(cause));

        var health = groupSync.health("");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"status\":\"DOWN\"", cause, remedy, "\"nextProbe\":\"", "\"since\":\"");
        assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
        assertThat(groupSync.topics().outcomes(0)).isEmpty();
        groupSync.zoom().answersAlways(new StandInReply.AsZoom());

        groupSync.allAreApplied(EVENTS);
        await().until(() -> groupSync.health("/ready").statusCode() == 200);
    }

    @Test
    void sendsOneRequestAnIntervalAndEachThirdIsAnUpdate() {
        groupSync.zoom().answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "300ms");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();

        await().until(() -> sinceTheFirstProbe().size() >= 6);

        var looks = sinceTheFirstProbe().subList(0, 6);
        assertThat(looks)
                .extracting(ReceivedRequest::method)
                .containsExactly("GET", "GET", "PATCH", "GET", "GET", "PATCH");
        for (var i = 1; i < looks.size(); i++) {
            assertThat(Duration.ofNanos(looks.get(i).begun() - looks.get(i - 1).ended()))
                    .isGreaterThan(Duration.ofMillis(200));
        }
    }

    /** By the first probe, no other request is under way. */
    private List<ReceivedRequest> sinceTheFirstProbe() {
        return groupSync.zoom().requests().stream()
                .dropWhile(request -> !request.method().equals("GET"))
                .toList();
    }

    /** Its secret may have been rotated while Zoom was away. */
    @Test
    void aTokenThatWasRevokedMeanwhileIsRenewedWithoutWaitingForTheNextProbe() {
        groupSync.zoom().answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "1").with("zoom.pause.probe-interval", "5s");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        await().until(() -> !sinceTheFirstProbe().isEmpty());

        groupSync.zoom().revokeTokens();
        groupSync.zoom().answersAlways(new StandInReply.AsZoom());
        groupSync.allAreApplied(EVENTS);

        var looks = groupSync.zoom().requests().stream()
                .dropWhile(request -> request.status() != 401)
                .limit(2)
                .toList();
        // The second is a probe, or an update as each third look is.
        assertThat(looks.get(1).status()).isIn(200, 204);
        assertThat(Duration.ofNanos(looks.get(1).begun() - looks.get(0).begun()))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aLonePoisonEventFailsInTheEnd() {
        groupSync
                .zoom()
                .answersFor(
                        "poison",
                        request ->
                                request.method().equals("GET") ? new StandInReply.AsZoom() : StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "3").with("zoom.pause.probe-interval", "200ms");
        groupSync.start();

        groupSync.receives("poison", "{\"groupId\":\"poison\",\"name\":\"n\"}");

        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("retries-exhausted");
        await().until(() -> groupSync.topics().lag() == 0);
        await().until(() -> groupSync.health("/ready").statusCode() == 200);
    }

    @Test
    void twoPoisonEventsWaitUntilZoomAppliesOthers() {
        groupSync.zoom().answersFor("poison1", request -> StandInReply.status(500));
        groupSync.zoom().answersFor("poison2", request -> StandInReply.status(500));
        groupSync.with("zoom.retry.attempts", "2").with("zoom.pause.probe-interval", "100ms");
        groupSync.start();

        groupSync.receives("poison1", "{\"groupId\":\"poison1\",\"name\":\"n\"}");
        groupSync.receives("poison2", "{\"groupId\":\"poison2\",\"name\":\"n\"}");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> groupSync.zoom().requests().size() > 60);
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            groupSync.receives("good", "{\"groupId\":\"good\",\"name\":\"n\"}");
            return groupSync.topics().deadLetters(0).size() == 2;
        });

        assertThat(groupSync.topics().deadLetters(2)).hasSize(2);
        await().until(() -> groupSync.health("/ready").statusCode() == 200);
    }

    @Test
    void asksForNoTokenButWithItsProbesWhileNoneIsToBeHad() {
        groupSync.zoom().tokenReply(StandInReply.status(503));
        groupSync.with("zoom.pause.probe-interval", "1s");
        groupSync.sends(EVENTS, EVENTS);
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("TOKEN_UNAVAILABLE", "zoom.token-url");
        var before = groupSync.zoom().tokenRequests();
        var begun = System.nanoTime();
        await().until(() -> groupSync.zoom().tokenRequests() >= before + 5);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(3));
        groupSync.zoom().tokenReply(null);

        groupSync.allAreApplied(EVENTS);
    }

    @Test
    void holdsEverybodyBackAfterTooManyRequests() {
        groupSync.zoom().perSecond(5);
        groupSync.with("zoom.max-concurrent-requests", "4");
        groupSync.sends(20, 20);

        groupSync.start();

        groupSync.allAreApplied(20);
        // At the most those that were under way, at each of the three or four times that the limit was met.
        assertThat(groupSync.zoom().requests().stream().filter(request -> request.status() == 429))
                .hasSizeLessThan(25);
    }

    @Test
    void waitsForTopicsThatAreMissingAtTheStart() {
        groupSync.topics().delete(groupSync.topics().updates);
        groupSync.start();
        groupSync.isPaused();
        assertThat(groupSync.health("").body()).contains("the topic " + groupSync.topics().updates + " is missing");

        groupSync.topics().create(groupSync.topics().updates, 4);
        groupSync.sends(5, 5);

        groupSync.allAreApplied(5);
    }

    @Test
    void aDeadLetterThatIsTooLargeIsPublishedWithoutItsValue() {
        groupSync.topics().delete(groupSync.topics().deadLetters);
        groupSync.topics().create(groupSync.topics().deadLetters, 1, Map.of("max.message.bytes", "5000"));
        groupSync.start();

        var source = groupSync.topics().send("g1", "x".repeat(20_000).getBytes(StandardCharsets.UTF_8));

        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(letter.value()).isNull();
        assertThat(Topics.header(letter, "dead-letter-value-omitted")).isEqualTo("20000");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("malformed-json");
        assertThat(Topics.header(letter, "dead-letter-source-offset")).isEqualTo(String.valueOf(source.offset()));
        await().until(() -> groupSync.topics().lag() == 0);
    }

    @Test
    void aDeadLetterWhoseKeyAndHeadersAloneAreTooLargeIsPublishedWithoutThem() {
        groupSync.topics().delete(groupSync.topics().deadLetters);
        groupSync.topics().create(groupSync.topics().deadLetters, 1, Map.of("max.message.bytes", "5000"));
        groupSync.start();

        var header = new RecordHeader("h", "y".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        var source = groupSync.topics().send("k".repeat(10_000), "x".getBytes(StandardCharsets.UTF_8), header);

        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(letter.key()).asString().isEqualTo(source.toString());
        assertThat(Topics.header(letter, "dead-letter-key-replaced")).isEqualTo("10000");
        assertThat(letter.headers().lastHeader("h")).isNull();
        assertThat(Topics.header(letter, "dead-letter-headers-omitted")).isEqualTo("1");
        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("malformed-json");
        await().until(() -> groupSync.topics().lag() == 0);
    }
}
