package groupsync.zoom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final AtomicInteger fetches = new AtomicInteger();
    private final AccessTokens tokens = living(Duration.ofHours(1));

    @Test
    void fetchesOneTokenForAllThatAskAtTheSameTime() throws Exception {
        var callers = 16;
        var ready = new CountDownLatch(callers);
        var fetching = new CountDownLatch(1);
        var slow = new AccessTokens(
                () -> {
                    await(fetching);
                    return new AccessTokens.Fetched("token-" + fetches.incrementAndGet(), Duration.ofHours(1));
                },
                clock);
        var threads = Executors.newFixedThreadPool(callers);
        try {
            var answers = new ArrayList<Future<String>>();
            for (var caller = 0; caller < callers; caller++) {
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    return slow.current();
                }));
            }
            await(ready);

            fetching.countDown();

            for (var answer : answers) {
                assertThat(answer.get(3, TimeUnit.MINUTES)).isEqualTo("token-1");
            }
            assertThat(fetches).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // A minute before the end, or a tenth of the lifetime if that is less.
        "3600, 3539, token-1",
        "3600, 3540, token-2",
        "600, 539, token-1",
        "600, 540, token-2",
        "60, 53, token-1",
        "60, 54, token-2"
    })
    void renewsATokenBeforeItExpires(int lifetime, int age, String expected) throws Exception {
        var shortLived = living(Duration.ofSeconds(lifetime));
        shortLived.renewIfDue();
        clock.goesOn(Duration.ofSeconds(age));

        var token = shortLived.current();

        assertThat(token).isEqualTo(expected);
    }

    @Test
    void fetchesATokenBeforeTheFirstRequest() throws Exception {
        tokens.renewIfDue();

        assertThat(fetches).hasValue(1);
    }

    @Test
    void fetchesAnotherTokenWhenOneIsRefused() throws Exception {
        tokens.renewIfDue();
        clock.goesOn(Duration.ofSeconds(1));

        tokens.refused(clock.instant());

        assertThat(tokens.current()).isEqualTo("token-2");
    }

    @Test
    void keepsTheNewerTokenWhenTheOneBeforeIsRefusedAgain() throws Exception {
        tokens.renewIfDue();
        clock.goesOn(Duration.ofSeconds(1));
        var bothSent = clock.instant();
        clock.goesOn(Duration.ofSeconds(1));
        tokens.refused(bothSent);
        tokens.renewIfDue();

        tokens.refused(bothSent);

        assertThat(tokens.current()).isEqualTo("token-2");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void fetchesNothingForARefusalBeforeTheFirstToken() throws Exception {
        tokens.refused(clock.instant());

        assertThat(fetches).hasValue(0);
        assertThat(tokens.current()).isEqualTo("token-1");
    }

    @Test
    void asksAgainAfterAFetchThatFailed() throws Exception {
        var recovering = new AccessTokens(
                () -> {
                    if (fetches.incrementAndGet() == 1) {
                        throw new NoReplyException(ZoomReply.unreachable(new IOException("no token")));
                    }
                    return new AccessTokens.Fetched("token", Duration.ofHours(1));
                },
                clock);

        assertThatThrownBy(recovering::renewIfDue)
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        failure -> assertThat(failure.reply().verdict()).isEqualTo(Verdict.UNAVAILABLE));
        // Who waited for it meanwhile is told the same, without another fetch.
        assertThatThrownBy(recovering::renewIfDue).isInstanceOf(NoReplyException.class);
        assertThat(fetches).hasValue(1);
        clock.goesOn(Duration.ofMillis(400));

        assertThat(recovering.current()).isEqualTo("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\r\nX-Other: b", "a b", "t\u00f6ken", "a\u0000"})
    void takesNothingForATokenThatCanBeNone(String value) {
        var odd = new AccessTokens(() -> new AccessTokens.Fetched(value, Duration.ofHours(1)), clock);

        assertThatThrownBy(odd::renewIfDue)
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        failure -> assertThat(failure.reply())
                                .hasToString(
                                        "CREDENTIALS_REFUSED message=\"the access token has a character that no token has,"
                                                + " such as a blank or a line break\""));
    }

    @Test
    void takesTheTokenOutOfAnAnswer() throws Exception {
        tokens.renewIfDue();
        var wait = Duration.ofMinutes(15);

        var reply = tokens.redacted(
                new ZoomReply(Verdict.TOKEN_REFUSED, 401, 124, "token-1 and token-1 again", "rid", wait));

        assertThat(reply)
                .isEqualTo(new ZoomReply(Verdict.TOKEN_REFUSED, 401, 124, "\u2026 and \u2026 again", "rid", wait));
    }

    @Test
    void takesARefusedTokenOutOfTheAnswersThatFollow() throws Exception {
        tokens.renewIfDue();
        tokens.refused(clock.instant());

        var beforeTheNext = tokens.redacted(saying("Invalid access token: token-1"));
        tokens.renewIfDue();
        var afterIt = tokens.redacted(saying("Invalid access token: token-1, not token-2"));

        assertThat(beforeTheNext.message()).isEqualTo("Invalid access token: \u2026");
        assertThat(afterIt.message()).isEqualTo("Invalid access token: \u2026, not \u2026");
    }

    @Test
    void takesAnExpiredTokenOutOfTheAnswersThatFollow() throws Exception {
        tokens.renewIfDue();
        clock.goesOn(Duration.ofHours(1));
        tokens.renewIfDue();

        var reply = tokens.redacted(saying("Access token is expired: token-1"));

        assertThat(reply.message()).isEqualTo("Access token is expired: \u2026");
    }

    @ParameterizedTest
    @CsvSource({"1, 700", "22, 700", "22, 490", "490, 700", "499, 700", "400, 50"})
    void takesATokenOutThatTheEndOfAMessageCutOff(int textBefore, int lengthOfToken) throws Exception {
        var secret = "eyJ" + "z".repeat(lengthOfToken - 3);
        var given = new AccessTokens(() -> new AccessTokens.Fetched(secret, Duration.ofHours(1)), clock);
        given.renewIfDue();
        var body = "{\"code\":124,\"message\":\"" + "-".repeat(textBefore) + secret + "-".repeat(500) + "\"}";

        var reply = given.redacted(ZoomReply.of(401, name -> null, body.getBytes(UTF_8), clock.instant()));

        assertThat(reply.message())
                .startsWith("-".repeat(textBefore) + "\u2026")
                .doesNotContain("e", "y", "J", "z");
    }

    @Test
    void leavesAnswersWithoutATokenAsTheyAre() throws Exception {
        tokens.renewIfDue();
        var silent = new ZoomReply(Verdict.APPLIED, 204, null, null, "rid", null);
        var saying = saying("Group does not exist:g.");

        var redacted = List.of(tokens.redacted(silent), tokens.redacted(saying));

        assertThat(redacted).containsExactly(silent, saying);
    }

    @Test
    void tellsNoTokenInALog() {
        var fetched = new AccessTokens.Fetched("token-1", Duration.ofHours(1));

        var text = fetched.toString();

        assertThat(text).isEqualTo("a token that lives PT1H");
    }

    private AccessTokens living(Duration lifetime) {
        return new AccessTokens(() -> new AccessTokens.Fetched("token-" + fetches.incrementAndGet(), lifetime), clock);
    }

    private static ZoomReply saying(String message) {
        return new ZoomReply(Verdict.TOKEN_REFUSED, 401, 124, message, null, null);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
