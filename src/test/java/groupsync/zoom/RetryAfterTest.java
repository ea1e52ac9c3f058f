package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-05-30T22:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1                                       | PT1S",
                "007                                     | PT7S",
                "' 120 '                                 | PT120S",
                "86400                                   | PT86400S",
                "'Sun, 31 May 2026 00:00:00 GMT'         | PT7200S",
                "'Sun, 31 May 2026 02:00:00 +0200'       | PT7200S",
                "2026-05-31T00:00:00Z                    | PT7200S",
                "2026-05-31T00:00:00.250Z                | PT7200.250S",
                "2026-05-31T02:00:00+02:00               | PT7200S",
                // A past time: the wait is over.
                "0                                       | PT0S",
                "2026-05-30T22:00:00Z                    | PT0S",
                "2020-01-01T00:00:00Z                    | PT0S",
                "'Wed, 01 Jan 2020 00:00:00 GMT'         | PT0S",
                // A day at the most.
                "86401                                   | PT24H",
                "999999999                               | PT24H",
                "9999999999999999999999                  | PT24H",
                "2026-05-31T22:00:01Z                    | PT24H",
                "9999-12-31T23:59:59Z                    | PT24H",
                "'Fri, 31 Dec 9999 23:59:59 GMT'         | PT24H"
            })
    void readsEachForm(String value, Duration expected) {
        assertThat(RetryAfter.parse(value, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-1",
                "+5",
                "1.5",
                "5s",
                "0x10",
                "\u0665",
                "2026-05-31",
                "2026-05-31T00:00:00",
                "2026-02-30T00:00:00Z",
                "Mon, 31 May 2026 00:00:00 GMT",
                "31 May 2026"
            })
    void ignoresNonsense(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
