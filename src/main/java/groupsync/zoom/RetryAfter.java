package groupsync.zoom;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The {@code Retry-After} header in the two forms of
 * <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110</a>, seconds and HTTP date, and in the form
 * of Zoom's daily limit, an ISO-8601 instant.
 */
final class RetryAfter {

    /** Zoom's longest limit is that of a day; a longer time is a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * The time without requests that the value asks for; empty if it has none of the three forms. Zero for a past time:
     * Zoom's clock may be a moment behind this one.
     *
     * @param now the time of day, for a date
     */
    static Optional<Duration> parse(String value, Instant now) {
        var text = value.strip();
        return seconds(text)
                .or(() -> date(text).map(time -> Duration.between(now, time)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        // A billion seconds or more may not fit into a long, and are cut to a day anyway.
        return Optional.of(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
    }

    private static Optional<Instant> date(String text) {
        return parsed(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                .or(() -> parsed(text, DateTimeFormatter.ISO_DATE_TIME));
    }

    private static Optional<Instant> parsed(String text, DateTimeFormatter form) {
        try {
            return Optional.of(form.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
