package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingSourcesTest {

    private static final String KEY = "zoom.retry.delay";

    private Path file;

    @BeforeEach
    void nameTheFile(@TempDir Path directory) {
        file = directory.resolve("application.properties");
    }

    @AfterEach
    void clearSystemProperty() {
        System.clearProperty("path");
    }

    /** A deployment sets a blank value if its template has nothing to fill in. */
    @ParameterizedTest
    @CsvSource({
        "' ', ' ', ' ', ' ', 500ms",
        "' ', ' ', ' ', 4ms, 4ms",
        "' ', ' ', 3ms, 4ms, 3ms",
        "' ', 2ms, 3ms, 4ms, 2ms",
        "1ms, 2ms, 3ms, 4ms, 1ms"
    })
    void giveTheValueOfTheStrongestThatIsNotBlank(
            String override, String system, String variable, String inFile, String value) throws IOException {
        Files.writeString(file, KEY + "=" + inFile);

        var sources = new SettingSources(
                Map.of(KEY, override), Map.of(KEY, system), Map.of("ZOOM_RETRY_DELAY", variable), file);

        assertThat(sources.value(KEY)).contains(value);
        assertThat(sources.value("zoom.no-such-key")).isEmpty();
    }

    @Test
    void areTheVariablesAndThePropertiesOfTheProcess() {
        // The one variable that every process has.
        assertThat(SettingSources.ofProcess(Map.of()).value("path")).contains(System.getenv("PATH"));

        System.setProperty("path", "from the system");

        assertThat(SettingSources.ofProcess(Map.of()).value("path")).contains("from the system");
        assertThat(SettingSources.ofProcess(Map.of("path", "override")).value("path"))
                .contains("override");
    }

    @Test
    void takeAFileWithAByteOrderMark() throws IOException {
        Files.writeString(file, "\uFEFFdry-run = true");

        assertThat(new SettingSources(Map.of(), Map.of(), Map.of(), file).value("dry-run"))
                .contains("true");
    }

    @Test
    void refuseAFileThatIsNotInUtf8() throws IOException {
        Files.write(file, "consumer.group = gr\u00FCn".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new SettingSources(Map.of(), Map.of(), Map.of(), file))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith("application.properties: cannot be read: ");
    }

    @Test
    void giveCamelItsOwnKeysButNoBlankAndNoLiteralOnes() throws IOException {
        Files.writeString(file, "camel.component.kafka.sasl-username = me");
        var system = Map.of("camel.component.kafka.security-protocol", "SSL");
        var environment = Map.of(
                "CAMEL_COMPONENT_KAFKA_SASL_PASSWORD", " with blanks ",
                "CAMEL_COMPONENT_KAFKA_SASL_USERNAME", "",
                "CAMEL_COMPONENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "CAMEL_SSL_KEYSTORE_PASSWORD", "p");

        var sources = new SettingSources(Map.of("zoom.client-secret", "hush"), system, environment, file);

        assertThat(sources.camel())
                .containsEntry("camel.component.kafka.security-protocol", "SSL")
                .containsEntry("camel.ssl.keystore-password", "p")
                .containsEntry("camel.main.name", "zoom-group-sync")
                .doesNotContainKeys("zoom.client-secret", "kafka.brokers");
        assertThat(sources.literalKafkaOptions())
                .containsOnly(
                        Map.entry("camel.component.kafka.sasl-password", " with blanks "),
                        Map.entry("camel.component.kafka.sasl-username", "me"));
    }
}
