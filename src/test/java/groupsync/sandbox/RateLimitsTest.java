package groupsync.sandbox;

import static groupsync.sandbox.Caller.told;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in's limits for a second and for a day. */
class RateLimitsTest {

    private static final String RENAME = "{'name':'n'}";
    private static final String OF_THE_DAY =
            "429/429 You have reached the maximum daily rate limit for this API. Refer to the response header for"
                    + " details on when you can make another request.";

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final Caller caller = new Caller(zoom);
    private final TestClock clock = new TestClock("2026-05-30T23:59:00Z");

    @BeforeEach
    void setTheTime() {
        zoom.timeOfDay(clock);
    }

    @AfterEach
    void close() {
        zoom.close();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /im/groups/a,       Light",
        "GET,   /im/groups/a,       Light",
        "GET,   /im/groups,         Medium",
        "PATCH, /contacts/groups/a, Heavy",
        "GET,   /contacts/groups/a, Light",
        "GET,   /contacts/groups,   Medium"
    })
    void theLimitOfASecondNamesTheLabelOfTheCall(String method, String path, String label) throws Exception {
        zoom.perSecond(0);

        var answer = caller.send(method, path, "application/json", RENAME);

        assertThat(told(answer))
                .isEqualTo("429/429 You have reached the maximum per-second rate limit for this API. Try again later.");
        assertThat(header(answer, "X-RateLimit-Category")).isEqualTo(label);
        assertThat(header(answer, "X-RateLimit-Type")).isEqualTo("QPS");
        assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo("0");
        assertThat(header(answer, "Retry-After")).isEmpty();
    }

    /** At a thousand times the limit, it takes all of it at once. */
    @Test
    void anotherAppTakesAPartOfTheLimitOfASecond() throws Exception {
        zoom.perSecond(100);
        var alone = caller.patch("/im/groups/a", RENAME);
        assertThat(zoom.takenByOtherApp()).isZero();

        zoom.otherApp(100_000, new Random(1));
        Thread.sleep(100);
        var shared = caller.patch("/im/groups/a", RENAME);

        assertThat(alone.statusCode()).isEqualTo(204);
        assertThat(shared.statusCode()).isEqualTo(429);
        assertThat(zoom.takenByOtherApp()).isGreaterThanOrEqualTo(99);
    }

    @Test
    void theLimitOfADayEndsAtMidnightUtc() throws Exception {
        zoom.perDay(2);

        var first = caller.patch("/contacts/groups/a", RENAME);
        var second = caller.patch("/contacts/groups/b", RENAME);
        var third = caller.patch("/contacts/groups/c", RENAME);
        clock.advance(Duration.ofMinutes(1));
        var nextDay = caller.patch("/contacts/groups/c", RENAME);

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(second.statusCode()).isEqualTo(204);
        assertThat(told(third)).isEqualTo(OF_THE_DAY);
        assertThat(header(third, "X-RateLimit-Category")).isEqualTo("Heavy");
        assertThat(header(third, "X-RateLimit-Type")).isEqualTo("Daily-limit");
        assertThat(header(third, "X-RateLimit-Limit")).isEqualTo("2");
        assertThat(header(third, "X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(header(third, "Retry-After")).isEqualTo("2026-05-31T00:00:00Z");
        assertThat(nextDay.statusCode()).isEqualTo(204);
    }

    /** Zoom counts Heavy calls alone on paid plans. */
    @ParameterizedTest
    @CsvSource({
        "PATCH, /im/groups/a,       204",
        "GET,   /im/groups/a,       200",
        "GET,   /im/groups,         200",
        "PATCH, /contacts/groups/a, 429",
        "GET,   /contacts/groups/a, 200",
        "GET,   /contacts/groups,   200"
    })
    void theLimitOfADayIsForHeavyCalls(String method, String path, int status) throws Exception {
        zoom.perDay(1);
        caller.patch("/contacts/groups/a", RENAME);

        var answer = caller.send(method, path, "application/json", RENAME);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    /** A call that changes nothing is a call; one that an earlier check refuses is not. */
    @ParameterizedTest
    @CsvSource({"unknown group, 429", "no token, 204", "limit of a second, 204"})
    void theLimitOfADayCountsEachCallThatPassesTheChecksBeforeIt(String kind, int status) throws Exception {
        zoom.perDay(1);
        zoom.unknown("gone");
        zoom.perSecond(kind.equals("limit of a second") ? 0 : 100);
        if (kind.equals("no token")) {
            caller.withoutToken().patch("/contacts/groups/gone", RENAME);
        } else {
            caller.patch("/contacts/groups/gone", RENAME);
        }
        zoom.perSecond(100);

        var answer = caller.patch("/contacts/groups/a", RENAME);

        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
