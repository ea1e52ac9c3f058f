package groupsync.zoom;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The {@code Retry-After} header in the two forms of
 * <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110</a>, seconds and HTTP date, and in
 * that of Zoom's daily limit, an ISO-8601 instant.
 */
final class RetryAfter {

    /** The longest limit that Zoom has is one of a day; what asks for more is a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * How long nothing should be sent; empty if the value has none of the three forms, or names a time that is over.
     *
     * @param now the time of day, which a date is compared with
     */
    static Optional<Duration> parse(String value, Instant now) {
        var text = value.strip();
        return seconds(text)
                .or(() -> date(text).map(time -> Duration.between(now, time)))
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d+")) {
            return Optional.empty();
        }
        // A billion seconds and more are cut above, whatever they are.
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
