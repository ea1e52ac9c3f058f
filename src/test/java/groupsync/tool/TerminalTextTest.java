package groupsync.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "abc|5|abc  ",
                "abcde|5|abcde",
                "abcdef|5|abcd…",
                "\u7d44\u7e54|5|\u7d44\u7e54 ",
                "\u7d44\u7e54\u7d44|5|\u7d44\u7e54…",
                "a\u7d44\u7e54\u7d44|5|a\u7d44… ",
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00|5|\uD83D\uDE00\uD83D\uDE00…",
                "e\u0301tude|5|e\u0301tude",
            })
    void isCutAndFilledToTheColumnsThatATerminalTakes(String text, int columns, String shown) {
        assertThat(TerminalText.fit(text, columns, "…")).isEqualTo(shown);
    }
}
