package groupsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of clients beside the routes. */
class KafkaClientSettingsTest {

    private static Map<String, Object> client(Map<String, String> settings) {
        return KafkaClientSettings.of(SettingSources.ofProcess(settings)).client();
    }

    @Test
    void areThoseOfKafka() {
        var client = client(Map.of(
                "kafka.brokers", "kafka:9093",
                "camel.component.kafka.security-protocol", "SASL_SSL",
                "camel.component.kafka.saslMechanism", "SCRAM-SHA-512",
                "camel.component.kafka.sasl-jaas-config", "a.b.Module required password=\"p\";",
                "camel.component.kafka.ssl-truststore-location", "/etc/trust.jks",
                "camel.component.kafka.ssl-endpoint-algorithm", "none",
                "camel.component.kafka.additional-properties[client.dns.lookup]", "use_all_dns_ips"));

        assertThat(client)
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("sasl.jaas.config", "a.b.Module required password=\"p\";")
                .containsEntry("ssl.truststore.location", "/etc/trust.jks")
                .containsEntry("client.dns.lookup", "use_all_dns_ips")
                .doesNotContainKeys("group.id", "client.id", "key.deserializer");
    }

    /** Camel would look for settings and beans of these names, and log each one that is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"a{{X}}b", "{{X:y}}", "{{?x}}", "#bean:x", "#X", "RAW(x)", "a b", " a ", "%41+&!", "[0]"})
    void areTakenLiterallyIfTheyAreSecretsOrPaths(String value) {
        var client = client(Map.of(
                "camel.component.kafka.security-protocol", "SASL_SSL",
                "camel.component.kafka.sasl-jaas-config", value,
                "camel.component.kafka.sslTruststoreLocation", value,
                "camel.component.kafka.ssl-truststore-password", value,
                "camel.component.kafka.additional-properties[ssl.keystore.location]", value));

        assertThat(client)
                .containsEntry("sasl.jaas.config", value)
                .containsEntry("ssl.truststore.location", value)
                .containsEntry("ssl.truststore.password", value)
                .containsEntry("ssl.keystore.location", value);
    }

    @Test
    void allowDeadLettersAsLargeAsThoseOfTheService() {
        assertThat(KafkaClientSettings.of(SettingSources.ofProcess(Map.of())).maxRequestSize())
                .isEqualTo(104_857_600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "sasl-pasword", "sasl-auth-type"})
    void areRefusedWithoutTheirValueIfCamelDoesNotKnowTheKeyOrTheValue(String option) {
        assertThatThrownBy(() -> client(Map.of("camel.component.kafka." + option, "pr!vate")))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("camel.component.kafka." + option)
                .hasMessageNotContaining("pr!vate");
    }
}
