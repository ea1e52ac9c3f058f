package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The access tokens. */
class TokensTest extends ShippedRoutes {

    /** A roll-out with a wrong secret must not look well until the first update comes. */
    @Test
    void showsWrongCredentialsBeforeTheFirstUpdate() {
        groupSync.with("zoom.pause.probe-interval", "500ms");
        zoom.clientSecret("another");

        groupSync.start();
        await().until(() -> groupSync.health("/ready").body().contains("CREDENTIALS_REFUSED"));
        zoom.clientSecret(ZoomStandIn.CLIENT_SECRET);

        groupSync.isReady();
        assertThat(zoom.requests()).extracting(ReceivedRequest::method).doesNotContain("PATCH");
    }

    @Test
    void replacesARevokedTokenOnce() {
        zoom.latency(Duration.ofMillis(20));
        groupSync.sends(100, 50);
        groupSync.start();
        await().until(() -> zoom.requests().size() > 50);

        zoom.revokeTokens();
        groupSync.sends(100, 50);

        groupSync.allAreApplied(200);
        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }

    @Test
    void readsTheSecretAnewWhenItWasRotated(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "the one before");
        groupSync.with("zoom.client-secret", "").with("zoom.client-secret-file", file.toString());
        groupSync.start();
        groupSync.sends(20, 50);
        await().until(() -> zoom.tokenRequests() >= 2);

        Files.writeString(file, ZoomStandIn.CLIENT_SECRET + "\n");

        groupSync.allAreApplied(20);
    }

    @Test
    void readsTheTokenAnewWhenItWasReplaced(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("token"), zoom.newToken());
        groupSync.with("zoom.access-token-file", file.toString());
        groupSync.start();
        groupSync.sends(20, 50);
        groupSync.allAreApplied(20);
        zoom.revokeTokens();
        groupSync.sends(20, 50);
        await().until(() -> groupSync.health("").statusCode() == 503);

        Files.writeString(file, zoom.newToken());

        groupSync.allAreApplied(40);
    }

    /** Each byte restarts the time-outs of the client itself. */
    @Test
    void doesNotWaitForATokenThatArrivesByteByByte() {
        zoom.tokenReply(new StandInReply.Trickle());
        groupSync.with("zoom.response-timeout", "500ms");
        groupSync.start();
        groupSync.sends(20, 50);
        groupSync.healthSays("TOKEN_UNAVAILABLE");
        assertThat(groupSync.health("").body()).contains("no whole answer within 500 ms");

        zoom.tokenReply(null);

        groupSync.allAreApplied(20);
    }

    @Test
    void noTokenReachesATopic() {
        var token = zoom.newToken();
        groupSync.with("zoom.access-token", token);
        // Zoom, and then a proxy, shows what it was sent.
        zoom.answers(
                StandInReply.zoom(400, 300, "Validation Failed. You sent Bearer " + token),
                new StandInReply.Answer(400, Map.of("Content-Type", "text/html"), "<h1>Bearer " + token + "</h1>"));
        groupSync.start();

        groupSync.receives("g1");
        groupSync.receives("g2");

        var outcomes = topics.outcomes(2).stream().map(Object::toString).collect(Collectors.joining());
        var letters = topics.deadLetters(1).stream()
                .flatMap(letter -> Stream.of(letter.headers().toArray()))
                .map(header -> new String(header.value(), UTF_8))
                .collect(Collectors.toSet());
        assertThat(outcomes).contains("You sent Bearer …").doesNotContain(token);
        assertThat(letters).isNotEqualTo(Set.of()).noneMatch(value -> value.contains(token));
        assertThat(zoom.tokenRequests()).isZero();
    }

    private static StandInReply token(String type, String json) {
        return new StandInReply.Answer(200, Map.of("Content-Type", type), json);
    }

    static Stream<StandInReply> oddTokens() {
        return Stream.of(
                token("application/json", "{\"access_token\":null,\"expires_in\":3600}"),
                token("application/json", "{\"access_token\":\"a\\r\\nX-Other: b\",\"expires_in\":3600}"),
                token("application/json", "{\"access_token\":17}"),
                token("application/json; charset=utf 8", "{}"),
                token("application/json; charset='utf-8'", "{}"),
                token("nonsense;;=", ""),
                // Without an error of OAuth's it is no word on the credentials.
                new StandInReply.Answer(400, Map.of("Content-Type", "text/html"), "<h1>Bad request</h1>"));
    }

    @ParameterizedTest
    @MethodSource("oddTokens")
    void anOddReplyIsNoToken(StandInReply odd) {
        zoom.tokenReply(odd);
        groupSync.start();
        groupSync.sends(3, 3);
        groupSync.healthSays("TOKEN_UNAVAILABLE");

        zoom.tokenReply(null);

        groupSync.allAreApplied(3);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=utf 8, 3600",
        "application/json, 30000000000000000",
        "text/plain; charset='x y', -5"
    })
    void takesATokenFromAReplyWithAnOddCharsetOrLifetime(String type, String seconds) {
        zoom.tokenReply(token(type, "{\"access_token\":\"" + zoom.newToken() + "\",\"expires_in\":" + seconds + "}"));
        groupSync.start();

        groupSync.sends(3, 3);

        groupSync.allAreApplied(3);
        assertThat(zoom.tokenRequests()).isEqualTo(1);
    }

    @Test
    void anOddCharsetOfAnAnswerToAnUpdateIsNoFaultOfTheService() {
        zoom.answers(new StandInReply.Answer(
                400, Map.of("Content-Type", "text/html; charset=utf 8"), "<h1>Bad request</h1>"));
        groupSync.start();

        groupSync.sends(1, 1);

        groupSync.allAreApplied(1);
    }

    /** A proxy, or a wrong address, may show what it was sent. */
    @Test
    void theWordsOfTheTokenEndpointAreOneLineWithoutASecret() {
        var basic = Base64.getEncoder()
                .encodeToString((ZoomStandIn.CLIENT_ID + ":" + ZoomStandIn.CLIENT_SECRET).getBytes(UTF_8));
        zoom.tokenReply(new StandInReply.Answer(
                400,
                Map.of("Content-Type", "application/json"),
                "{\"error\":\"invalid_client\",\"reason\":\"no such secret " + ZoomStandIn.CLIENT_SECRET
                        + " in " + basic + "\\n2026-01-01 INFO  Gate goes on \\u001b[31m" + "x".repeat(300)
                        + "\"}"));

        groupSync.start();

        groupSync.healthSays("CREDENTIALS_REFUSED");
        assertThat(groupSync.health("").body())
                .contains("token endpoint: no such secret \u2026 in \u2026 2026-01-01 INFO Gate goes on [31mxxx")
                .contains("x\u2026")
                .doesNotContain("x".repeat(201))
                .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                .doesNotContain(basic);
    }

    @Test
    void asksForNoTokenBeforeTheTimeThatItsEndpointNames() {
        zoom.tokenReply(StandInReply.with(StandInReply.status(429), "Retry-After", "3600"));
        groupSync.with("zoom.pause.probe-interval", "100ms");
        groupSync.sends(3, 3);

        groupSync.start();

        groupSync.healthSays("retryAfter=PT1H");
        var asked = new AtomicInteger();
        await().during(Duration.ofSeconds(2)).until(() -> {
            var now = zoom.tokenRequests();
            return asked.getAndSet(now) == now;
        });
        assertThat(groupSync.health("").body()).contains("TOKEN_UNAVAILABLE http=429");
    }
}
