package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an event, Zoom or an exception says, a line of the log is one line, and says it as it was meant. */
class LogLayoutTest {

    private static String line(String appender, String file, String message, @Nullable Throwable failure)
            throws IOException {
        var properties = new Properties();
        try (var shipped = Files.newBufferedReader(Path.of("src/main/resources", file))) {
            properties.load(shipped);
        }
        var prefix = "appender." + appender + ".layout.";
        var layout = PatternLayout.newBuilder()
                .setPattern(properties.getProperty(prefix + "pattern"))
                .setAlwaysWriteExceptions(!"false".equals(properties.getProperty(prefix + "alwaysWriteExceptions")))
                .build();
        return layout.toSerializable(Log4jLogEvent.newBuilder()
                .setLoggerName("groupsync.delivery.Delivery")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .setThrown(failure)
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "\r\n", "\u0085", "\u2028", "\u2029", "\u001b[31m", "\u0007", "\u202e", "\u2066", "\u009b"
            })
    void nothingInAMessageShapesItsLine(String shaping) throws IOException {
        for (var place : new String[][] {{"text", "log4j2.properties"}, {"console", "log4j2-tools.properties"}}) {
            var line = line(place[0], place[1], "a" + shaping + "b 漢字", null);

            assertThat(line.replaceFirst("\\R$", "")).matches("\\S+ WARN  Delivery a\ufffd+(\\[31m)?b 漢字");
        }
    }

    @Test
    void theMessageOfAnExceptionForgesNoLine() throws IOException {
        var failure = new IllegalStateException(
                "no\n2026-11-25T00:00:00.000Z INFO  Gate goes on\u001b[2J", new IOException("why\u2028not"));

        var lines = line("text", "log4j2.properties", "the start failed", failure)
                .lines()
                .toList();

        assertThat(lines.get(0)).endsWith(" WARN  Delivery the start failed");
        assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: no");
        assertThat(lines.get(2)).isEqualTo("| 2026-11-25T00:00:00.000Z INFO  Gate goes on\ufffd[2J");
        assertThat(lines.get(3)).startsWith("\tat groupsync.LogLayoutTest.");
        assertThat(lines).contains("Caused by: java.io.IOException: why\ufffdnot");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("java.lang.IllegalStateException"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hr-2041 | hr-2041",
                "a:b/c+d%,größe | a:b/c+d%,größe",
                "hr-1 groupId=other | \"hr-1 groupId=other\"",
                "status=APPLIED | \"status=APPLIED\"",
                "a\u2003b | \"a\u2003b\"",
                "say \"hi\" | \"say \\\"hi\\\"\"",
                "a] reason=[b | \"a] reason=[b\"",
            })
    void anIdThatLooksLikeFieldsIsInQuotes(String id, String shown) {
        assertThat(EventLog.shown(id)).isEqualTo(shown);
    }
}
