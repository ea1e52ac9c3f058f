package groupsync.deadletters.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RangeTest {

    @ParameterizedTest
    @CsvSource({"7, 7, 7", "3-9, 3, 9", "3-, 3, 9223372036854775807", "-9, 0, 9", "0, 0, 0", "5-5, 5, 5"})
    void isFromOneNumberToAnother(String text, long first, long last) {
        assertThat(Range.parse(text)).isEqualTo(new Range(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "9-3", "a", "1-2-3", " 1", "1.5", "--", "1234567890123456789"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Range.parse(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({"3-5, 2, false", "3-5, 3, true", "3-5, 5, true", "3-5, 6, false"})
    void includesBothItsEnds(String text, long number, boolean contained) {
        assertThat(Range.parse(text).contains(number)).isEqualTo(contained);
    }
}
