package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.deadletters.DeadLetterTool;
import groupsync.settings.SettingSources;
import groupsync.settings.WrongSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tool and the service may have the same settings, though not the same files and rights. */
class DeadLetterToolTest {

    @ParameterizedTest
    @CsvSource({
        "events.group-names, true",
        "zoom.client-secret-file, /no/such/file",
        "zoom.access-token-file, /no/such/file",
        "zoom.ca-file, /no/such/file",
        "zoom.api-url, nonsense",
        "zoom.retry.nonsense, 1",
        "consumer.batch-size, nonsense",
        "updates.merge, nonsense",
        "management.port, nonsense",
        "dry-run, false",
    })
    void needsNothingOfZoomsAndNothingOfTheServices(String key, String value) {
        var cluster = DeadLetterTool.cluster(SettingSources.ofProcess(Map.of(key, value)));

        assertThat(cluster).isNotNull();
    }

    @Test
    void takesTheSettingsOfKafka() {
        var settings = Map.of(
                "kafka.brokers", "kafka:9093",
                "topics.dead-letters", "dead",
                "camel.component.kafka.sasl-auth-type", "SCRAM_SHA_512",
                "camel.component.kafka.sasl-username", "operator",
                "camel.component.kafka.sasl-password", "p");

        var cluster = DeadLetterTool.cluster(SettingSources.ofProcess(settings));

        assertThat(cluster.deadLetters()).isEqualTo("dead");
        assertThat(cluster.client())
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .extractingByKey("sasl.jaas.config")
                .asString()
                .contains("username=\"operator\" password=\"p\"");
    }

    @Test
    void connectsToTheBrokersOfTheRoutes() {
        var settings = Map.of("camel.component.kafka.brokers", "kafka:9093");

        var cluster = DeadLetterTool.cluster(SettingSources.ofProcess(settings));

        assertThat(cluster.client()).containsEntry("bootstrap.servers", "kafka:9093");
    }

    @ParameterizedTest
    @CsvSource({"kafka.brokers, nonsense", "topics.updates, a b", "topics.update, a"})
    void refusesWhatIsWrongAmongThem(String key, String value) {
        var sources = SettingSources.ofProcess(Map.of(key, value));

        assertThatThrownBy(() -> DeadLetterTool.cluster(sources))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
