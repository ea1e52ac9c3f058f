package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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
    void fetchesOneTokenForAllThreads() throws Exception {
        var ready = new CountDownLatch(16);
        var slow = new AccessTokens(
                () -> {
                    await(ready);
                    return new AccessToken("token-" + fetches.incrementAndGet(), Duration.ofHours(1));
                },
                clock);
        Callable<String> caller = () -> {
            ready.countDown();
            return slow.current();
        };
        var threads = Executors.newFixedThreadPool(16);
        try {
            for (var answer : threads.invokeAll(Collections.nCopies(16, caller))) {
                assertThat(answer.get()).isEqualTo("token-1");
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
        clock.advance(Duration.ofSeconds(age));

        assertThat(shortLived.current()).isEqualTo(expected);
    }

    @Test
    void fetchesATokenBeforeTheFirstRequest() throws Exception {
        tokens.renewIfDue();

        assertThat(fetches).hasValue(1);
    }

    @Test
    void fetchesAnotherTokenWhenOneIsRefused() throws Exception {
        tokens.renewIfDue();
        clock.advance(Duration.ofSeconds(1));

        tokens.refused(clock.instant());

        assertThat(tokens.current()).isEqualTo("token-2");
    }

    @Test
    void keepsTheNewerTokenWhenTheOneBeforeIsRefusedAgain() throws Exception {
        tokens.renewIfDue();
        clock.advance(Duration.ofSeconds(1));
        var bothSent = clock.instant();
        clock.advance(Duration.ofSeconds(1));
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
                    return new AccessToken("token", Duration.ofHours(1));
                },
                clock);

        assertThatThrownBy(recovering::renewIfDue)
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        failure -> assertThat(failure.reply().verdict()).isEqualTo(Verdict.UNAVAILABLE));
        // A thread that waited meanwhile gets the same failure, without another fetch.
        assertThatThrownBy(recovering::renewIfDue).isInstanceOf(NoReplyException.class);
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofMillis(400));

        assertThat(recovering.current()).isEqualTo("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\r\nX-Other: b", "a b", "t\u00f6ken", "a\u0000"})
    void refusesATokenThatCanBeNone(String value) {
        assertThatThrownBy(new AccessTokens(() -> new AccessToken(value, Duration.ofHours(1)), clock)::renewIfDue)
                .isInstanceOfSatisfying(
                        NoReplyException.class,
                        failure -> assertThat(failure.reply())
                                .hasToString(
                                        "CREDENTIALS_REFUSED message=\"the access token has a character that no token has,"
                                                + " such as a blank or a line break\""));
    }

    @Test
    void takesARefusedTokenOutOfTheRepliesThatFollow() throws Exception {
        tokens.renewIfDue();
        tokens.refused(clock.instant());

        var beforeTheNext = tokens.redacted(saying("Invalid access token: token-1"));
        tokens.renewIfDue();
        var afterIt = tokens.redacted(saying("Invalid access token: token-1, not token-2"));

        assertThat(beforeTheNext.message()).isEqualTo("Invalid access token: \u2026");
        assertThat(afterIt.message()).isEqualTo("Invalid access token: \u2026, not \u2026");
    }

    @Test
    void takesAnExpiredTokenOutOfTheRepliesThatFollow() throws Exception {
        tokens.renewIfDue();
        clock.advance(Duration.ofHours(1));
        tokens.renewIfDue();

        var reply = tokens.redacted(saying("Access token is expired: token-1"));

        assertThat(reply.message()).isEqualTo("Access token is expired: \u2026");
    }

    @Test
    void areNotInALog() {
        assertThat(new AccessToken("token-1", Duration.ofHours(1))).hasToString("a token that lives PT1H");
    }

    private AccessTokens living(Duration lifetime) {
        return new AccessTokens(() -> new AccessToken("token-" + fetches.incrementAndGet(), lifetime), clock);
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
