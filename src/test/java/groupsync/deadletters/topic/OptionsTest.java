package groupsync.deadletters.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The values of options on the command line. */
class OptionsTest {

    private final PointInTime times =
            new PointInTime(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-23T11:58:30Z",
        "30m, 2026-11-23T11:30:00Z",
        "2h, 2026-11-23T10:00:00Z",
        "3d, 2026-11-20T12:00:00Z",
        "1w, 2026-11-16T12:00:00Z",
        "2026-11-20, 2026-11-20T00:00:00Z",
        "2026-11-20T04:45, 2026-11-20T04:45:00Z",
        "2026-11-20T04:45:30Z, 2026-11-20T04:45:30Z",
        "2026-11-20T04:45:30.5+01:00, 2026-11-20T03:45:30.5Z",
        "2026-11-20T04:45+0200, 2026-11-20T02:45:00Z",
        "2026-11-20T04:45-0930, 2026-11-20T14:15:00Z",
        "2026-11-20T04:45+02, 2026-11-20T02:45:00Z",
    })
    void aPointInTimeIsATimeOrHowLongAgo(String text, String time) {
        assertThat(times.convert(text)).isEqualTo(time);
    }

    @Test
    void aPointInTimeIsNoOtherText() {
        var others =
                ",2,h,2 h,-2h,2y,yesterday,12:00,2026-13-01,2026-02-30T10:00Z,2026-11-20T25:00,2026-11-20T04:45+020";

        assertThat(others.split(",", -1))
                .hasSize(12)
                .allSatisfy(text -> assertThatThrownBy(() -> times.convert(text))
                        .isInstanceOf(TypeConversionException.class)
                        .hasMessageStartingWith("'" + text + "' is not a time"));
    }

    @ParameterizedTest
    @CsvSource({"7, 7, 7", "3-9, 3, 9", "3-, 3, 9223372036854775807", "-9, 0, 9", "0, 0, 0", "5-5, 5, 5"})
    void aRangeIsFromOneNumberToAnother(String text, long first, long last) {
        assertThat(Range.parse(text)).isEqualTo(new Range(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "9-3", "a", "1-2-3", " 1", "1.5", "--", "1234567890123456789"})
    void aRangeIsNoOtherText(String text) {
        assertThatThrownBy(() -> Range.parse(text)).isInstanceOf(TypeConversionException.class);
    }
}
