package groupsync.zoom;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** The <a href="https://developers.zoom.us/docs/api/rate-limits/">limit</a> that Zoom names in a response. */
final class RateLimit {

    private static final Duration FIRST_OF_DAY = Duration.ofHours(1);
    private static final Duration CHECK_OF_NEW_DAY = Duration.ofMinutes(5);

    /** "You have exceeded the daily rate limit (100) of Update API requests permitted for this particular group." */
    private static final Pattern OF_ONE_GROUP =
            Pattern.compile("\\b(particular|this|single|each|per)( im| contact)? group\\b", Pattern.CASE_INSENSITIVE);

    private RateLimit() {}

    static Verdict verdict(ZoomResponse response, String message) {
        var words = message + " " + response.header("x-ratelimit-type").orElse("");
        if (!words.toLowerCase(Locale.ROOT).contains("daily")) {
            return Verdict.TOO_MANY_REQUESTS;
        }
        return OF_ONE_GROUP.matcher(message).find() ? Verdict.GROUP_LIMIT_SPENT : Verdict.DAILY_LIMIT_SPENT;
    }

    /**
     * Until midnight UTC, when Zoom's day ends. In the first hour after midnight 5 minutes: Zoom's clock may be a moment
     * behind this one, which must not cost a whole day.
     */
    static Duration untilNextDay(Instant now) {
        var day = now.truncatedTo(ChronoUnit.DAYS);
        return now.isBefore(day.plus(FIRST_OF_DAY))
                ? CHECK_OF_NEW_DAY
                : Duration.between(now, day.plus(1, ChronoUnit.DAYS));
    }
}
