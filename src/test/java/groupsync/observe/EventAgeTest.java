package groupsync.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventAgeTest {

    private static final long NOW = Instant.parse("2026-11-23T04:45:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "0, P30D",
        "1795409, P30D",
        "1000000000000, P30D",
        "1795409099000, PT1S",
        "1795409100000, PT0S",
        "1795409101000, PT0S",
        "1795409100000000, PT0S",
        "1795409100000000000, PT0S",
        "9223372036854775807, PT0S"
    })
    void staysWithinBoundsWhateverTheTimestamp(long timestamp, Duration age) {
        assertThat(EventAge.since(timestamp, NOW)).isEqualTo(age);
    }
}
