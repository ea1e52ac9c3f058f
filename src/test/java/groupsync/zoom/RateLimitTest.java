package groupsync.zoom;

import static groupsync.zoom.Replies.JSON;
import static groupsync.zoom.Replies.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long Zoom wants no request, and which limit is reached. */
class RateLimitTest {

    private static final String DAILY =
            "{\"code\":429,\"message\":\"You have reached the maximum daily rate limit for this API.\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-05-31T00:00:00Z          | PT6270S
            2026-05-31T04:00:00Z          | PT20670S
            Sun, 31 May 2026 01:00:00 GMT | PT9870S
            60                            | PT60S
            2027-05-31T00:00:00Z          | PT24H
            some day                      | PT6270S
            2026-05-30T22:15:29Z          | PT0S
                                          | PT6270S
            """)
    void aDailyLimitLastsAsLongAsZoomSaysOrUntilMidnightUtc(@Nullable String retryAfter, Duration expected) {
        var reply = reply(429, retryAfter == null ? JSON : Map.of("retry-after", retryAfter), DAILY);

        assertThat(reply.verdict()).isEqualTo(Verdict.DAILY_LIMIT_SPENT);
        assertThat(reply.retryAfter()).isEqualTo(expected);
    }

    /** Zoom's clock may be a moment behind this one, which must not cost a whole day. */
    @ParameterizedTest
    @CsvSource({
        "2026-05-31T00:00:00Z, PT5M",
        "2026-05-31T00:00:00.040Z, PT5M",
        "2026-05-31T00:59:59Z, PT5M",
        "2026-05-31T01:00:00Z, PT23H",
        "2026-05-31T23:59:59Z, PT1S"
    })
    void aDailyLimitIsCheckedEachFiveMinutesInTheFirstHourOfTheDay(Instant now, Duration wait) {
        assertThat(RateLimit.untilNextDay(now)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "Daily-limit, DAILY_LIMIT_SPENT, PT6270S",
        "daily-limit, DAILY_LIMIT_SPENT, PT6270S",
        "DAILY, DAILY_LIMIT_SPENT, PT6270S",
        "QPS, TOO_MANY_REQUESTS,"
    })
    void aLimitIsKnownByItsHeader(String type, Verdict verdict, @Nullable Duration wait) {
        var reply = reply(429, Map.of("x-ratelimit-type", type, "x-ratelimit-category", "Light"), "");

        assertThat(reply.verdict()).isEqualTo(verdict);
        assertThat(reply.retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"408 429 500 503, 7, PT7S", "408 429 500 503, soon,", "204 302 400 401 404, 7,"})
    void onlyALimitOrAFailureOfZoomHasATimeToWait(String statuses, String retryAfter, @Nullable Duration wait) {
        assertThat(Arrays.stream(statuses.split(" ")).map(Integer::valueOf))
                .extracting(status ->
                        reply(status, Map.of("retry-after", retryAfter), "").retryAfter())
                .containsOnly(wait);
    }
}
