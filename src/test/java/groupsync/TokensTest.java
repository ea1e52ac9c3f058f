package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Access tokens, on the shipped routes. */
class TokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void fetchesOneTokenForAllRequests() {
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.sends(200, 50);

        groupSync.start();

        groupSync.allAreApplied(200);
        assertThat(groupSync.zoom().tokenRequests()).isEqualTo(1);
    }

    /** A roll-out with a wrong secret must not look well until the first update comes. */
    @Test
    void tellsOfWrongCredentialsBeforeAnyUpdateNeedsThem() {
        groupSync.with("zoom.pause.probe-interval", "500ms");
        groupSync.zoom().clientSecret("another");

        groupSync.start();
        await().until(() -> groupSync.health("/ready").body().contains("CREDENTIALS_REFUSED"));
        groupSync.zoom().clientSecret(ZoomStandIn.CLIENT_SECRET);

        await().until(() -> groupSync.health("/ready").statusCode() == 200);
        assertThat(groupSync.zoom().requests())
                .extracting(ReceivedRequest::method)
                .doesNotContain("PATCH");
    }

    @Test
    void livesWithTokensOfThreeSeconds() {
        groupSync.zoom().tokenLifetime(Duration.ofSeconds(3));
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.with("zoom.requests-per-second", "100");
        groupSync.sends(1_000, 50);

        var begun = System.nanoTime();
        groupSync.start();

        groupSync.allAreApplied(1_000);
        // 10 s of work or more, and a token for each 2.7 s of it.
        var atMost = 2 + Duration.ofNanos(System.nanoTime() - begun).dividedBy(Duration.ofMillis(2_500));
        assertThat((long) groupSync.zoom().tokenRequests()).isBetween(3L, atMost);
    }

    @Test
    void replacesARevokedTokenOnce() {
        groupSync.zoom().latency(Duration.ofMillis(20));
        groupSync.sends(100, 50);
        groupSync.start();
        await().until(() -> groupSync.zoom().requests().size() > 50);

        groupSync.zoom().revokeTokens();
        groupSync.sends(100, 50);

        groupSync.allAreApplied(200);
        assertThat(groupSync.zoom().tokenRequests()).isEqualTo(2);
    }

    @Test
    void takesATokenThatIsGivenInstead() {
        groupSync.with("zoom.access-token", groupSync.zoom().newToken());
        groupSync.start();

        groupSync.sends(3, 50);

        groupSync.allAreApplied(3);
        assertThat(groupSync.zoom().tokenRequests()).isZero();
    }

    @Test
    void waitsWhileTheSecretIsWrongAndGoesOnWhenItIsRight() {
        groupSync.zoom().clientSecret("another");
        groupSync.start();
        groupSync.sends(20, 50);
        await().until(() -> groupSync.zoom().tokenRequests() >= 2);

        groupSync.zoom().clientSecret(ZoomStandIn.CLIENT_SECRET);

        groupSync.allAreApplied(20);
    }

    @Test
    void readsTheSecretAnewWhenItWasRotated(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "the one before");
        groupSync.with("zoom.client-secret", "").with("zoom.client-secret-file", file.toString());
        groupSync.start();
        groupSync.sends(20, 50);
        await().until(() -> groupSync.zoom().tokenRequests() >= 2);

        Files.writeString(file, ZoomStandIn.CLIENT_SECRET + "\n");

        groupSync.allAreApplied(20);
    }

    @Test
    void readsTheTokenAnewWhenItWasReplaced(@TempDir Path directory) throws IOException {
        var file =
                Files.writeString(directory.resolve("token"), groupSync.zoom().newToken());
        groupSync.with("zoom.access-token-file", file.toString());
        groupSync.start();
        groupSync.sends(20, 50);
        groupSync.allAreApplied(20);
        groupSync.zoom().revokeTokens();
        groupSync.sends(20, 50);
        await().until(() -> groupSync.health("").statusCode() == 503);

        Files.writeString(file, groupSync.zoom().newToken());

        groupSync.allAreApplied(40);
    }

    /** Its own time-outs begin anew with each byte. */
    @Test
    void doesNotWaitForATokenThatComesByteByByte() {
        groupSync.zoom().tokenReply(new StandInReply.Trickle());
        groupSync.with("zoom.response-timeout", "500ms");
        groupSync.start();
        groupSync.sends(20, 50);
        await().until(() -> groupSync.health("").body().contains("TOKEN_UNAVAILABLE"));
        assertThat(groupSync.health("").body()).contains("no whole answer within 500 ms");

        groupSync.zoom().tokenReply(null);

        groupSync.allAreApplied(20);
    }

    @Test
    void noTokenReachesATopic() {
        var token = groupSync.zoom().newToken();
        groupSync.with("zoom.access-token", token);
        // A proxy that shows what it was sent, and a Zoom that does.
        groupSync
                .zoom()
                .answers(
                        StandInReply.zoom(400, 300, "Validation Failed. You sent Bearer " + token),
                        new StandInReply.Answer(
                                400, Map.of("Content-Type", "text/html"), "<h1>Bearer " + token + "</h1>"));
        groupSync.start();

        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.receives("g2", "{\"groupId\":\"g2\",\"name\":\"n\"}");

        var told = groupSync.topics().outcomes(2).stream().map(Object::toString).collect(Collectors.joining());
        var letters = groupSync.topics().deadLetters(1).stream()
                .flatMap(letter -> java.util.Arrays.stream(letter.headers().toArray()))
                .map(header -> new String(header.value(), java.nio.charset.StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        assertThat(told).contains("You sent Bearer …").doesNotContain(token);
        assertThat(letters).isNotEqualTo(Set.of()).noneMatch(value -> value.contains(token));
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
    void anOddAnswerIsATokenThatCannotBeHad(StandInReply odd) {
        groupSync.zoom().tokenReply(odd);
        groupSync.start();
        groupSync.sends(3, 3);
        await().atMost(PATIENCE).until(() -> groupSync.health("").body().contains("TOKEN_UNAVAILABLE"));

        groupSync.zoom().tokenReply(null);

        groupSync.allAreApplied(3);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=utf 8, 3600",
        "application/json, 30000000000000000",
        "text/plain; charset='x y', -5"
    })
    void takesATokenWhoseAnswerIsOddInOtherWays(String type, String seconds) {
        groupSync
                .zoom()
                .tokenReply(token(
                        type,
                        "{\"access_token\":\"" + groupSync.zoom().newToken() + "\",\"expires_in\":" + seconds + "}"));
        groupSync.start();

        groupSync.sends(3, 3);

        groupSync.allAreApplied(3);
        assertThat(groupSync.zoom().tokenRequests()).isEqualTo(1);
    }

    @Test
    void anOddCharsetOfAnAnswerToAnUpdateIsNoFaultOfTheService() {
        groupSync
                .zoom()
                .answers(new StandInReply.Answer(
                        400, Map.of("Content-Type", "text/html; charset=utf 8"), "<h1>Bad request</h1>"));
        groupSync.start();

        groupSync.sends(1, 1);

        groupSync.allAreApplied(1);
    }

    /** A proxy, or a wrong address, may show what it was sent. */
    @Test
    void theWordsOfTheTokenEndpointAreOneLineWithoutASecret() {
        var basic = Base64.getEncoder()
                .encodeToString(
                        (ZoomStandIn.CLIENT_ID + ":" + ZoomStandIn.CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        groupSync
                .zoom()
                .tokenReply(new StandInReply.Answer(
                        400,
                        Map.of("Content-Type", "application/json"),
                        "{\"error\":\"invalid_client\",\"reason\":\"no such secret " + ZoomStandIn.CLIENT_SECRET
                                + " in " + basic + "\\n2026-01-01 INFO  Gate goes on \\u001b[31m" + "x".repeat(300)
                                + "\"}"));

        groupSync.start();

        await().atMost(PATIENCE).until(() -> groupSync.health("").body().contains("CREDENTIALS_REFUSED"));
        assertThat(groupSync.health("").body())
                .contains("token endpoint: no such secret \u2026 in \u2026 2026-01-01 INFO Gate goes on [31mxxx")
                .contains("x\u2026")
                .doesNotContain("x".repeat(201))
                .doesNotContain(ZoomStandIn.CLIENT_SECRET)
                .doesNotContain(basic);
    }

    @Test
    void asksForNoTokenBeforeTheTimeThatItsEndpointNames() {
        groupSync.zoom().tokenReply(StandInReply.with(StandInReply.status(429), "Retry-After", "3600"));
        groupSync.with("zoom.pause.probe-interval", "100ms");
        groupSync.sends(3, 3);

        groupSync.start();

        await().atMost(PATIENCE).until(() -> groupSync.health("").body().contains("retryAfter=PT1H"));
        var asked = new AtomicInteger();
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> {
            var now = groupSync.zoom().tokenRequests();
            return asked.getAndSet(now) == now;
        });
        assertThat(groupSync.health("").body()).contains("TOKEN_UNAVAILABLE http=429");
    }
}
