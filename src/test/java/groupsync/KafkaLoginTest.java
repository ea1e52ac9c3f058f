package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker refuses a password, a certificate or a token for a while. */
class KafkaLoginTest extends ShippedRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLoginTest.class);
    private static final String UPDATE = "{\"groupId\":\"g1\",\"name\":\"n\"}";
    private static final String WRONG = "another-77aa";

    @TempDir
    Path directory;

    private Certificates certificates;
    private TokenStandIn tokens;
    private SecureBroker broker;
    private Topics secured;

    @BeforeEach
    void startBroker() {
        certificates = new Certificates(directory);
        tokens = new TokenStandIn();
        broker = new SecureBroker(directory, certificates, tokens);
        secured = new Topics(broker.open());
        secured.createAll(1);
        secured.allowAll(SecureBroker.USER);
        secured.settings().forEach(groupSync::with);
        groupSync
                .with("kafka.brokers", broker.sasl())
                .with("camel.component.kafka.ssl-truststore-type", "PEM")
                .with(
                        "camel.component.kafka.ssl-truststore-location",
                        certificates.authority().toString());
    }

    private void password() {
        groupSync
                .with("camel.component.kafka.sasl-auth-type", "SCRAM_SHA_512")
                .with("camel.component.kafka.sasl-username", SecureBroker.USER)
                .with("camel.component.kafka.sasl-password", SecureBroker.PASSWORD);
    }

    @AfterEach
    void stopBroker() {
        groupSync.stop();
        secured.close();
        broker.close();
        tokens.close();
    }

    @Test
    void theConsumerRecoversWithTheRightPassword() {
        password();
        broker.password(WRONG);
        send(UPDATE);
        groupSync.start();
        groupSync.healthSays("invalid credentials with SASL mechanism SCRAM-SHA-512");

        broker.password(SecureBroker.PASSWORD);

        recovers(1);
    }

    @Test
    void theProducerOfOutcomesRecoversWithTheRightPassword() {
        password();
        groupSync.start();
        healthIsGood();
        // The consumer has all its connections, and keeps them.
        await().until(() -> groupSync.metrics().value("kafka_consumer_fetch_manager_fetch_total") > 0);
        broker.password(WRONG);
        send(UPDATE);
        publishingHasFailed();

        broker.password(SecureBroker.PASSWORD);

        recovers(1);
    }

    /** It connects when the first event is refused, which may be months after the start. */
    @Test
    void theProducerOfDeadLettersRecoversWithTheRightPassword() {
        password();
        groupSync.start();
        send(UPDATE);
        assertThat(secured.outcomes(1)).hasSize(1);
        healthIsGood();
        broker.password(WRONG);
        send("no JSON");
        publishingHasFailed();

        broker.password(SecureBroker.PASSWORD);

        recovers(2);
        assertThat(secured.deadLetters(1)).hasSize(1);
    }

    @Test
    void allClientsRecoverWithAKnownCertificate(@TempDir Path elsewhere) throws Exception {
        var file = Files.copy(new Certificates(elsewhere).client(), directory.resolve("of-the-service.pem"));
        groupSync
                .with("kafka.brokers", broker.tls())
                .with("camel.component.kafka.security-protocol", "SSL")
                .with("camel.component.kafka.ssl-keystore-type", "PEM")
                .with("camel.component.kafka.ssl-keystore-location", file.toString());
        send(UPDATE);
        groupSync.start();
        groupSync.healthSays("SslAuthenticationException");

        Files.copy(certificates.client(), file, StandardCopyOption.REPLACE_EXISTING);

        recovers(1);
    }

    /** For longer than a token lives, so that each client is refused and none has a token. */
    @Test
    void allClientsRecoverWithTheIdentityProvider() {
        tokens.lifetime(10);
        groupSync
                .with("camel.component.kafka.sasl-auth-type", "OAUTH")
                .with("camel.component.kafka.oauth-client-id", TokenStandIn.CLIENT_ID)
                .with("camel.component.kafka.oauth-client-secret", TokenStandIn.CLIENT_SECRET)
                .with("camel.component.kafka.oauth-token-endpoint-uri", tokens.tokens());
        groupSync.start();
        send(UPDATE);
        assertThat(secured.outcomes(1)).hasSize(1);
        healthIsGood();
        tokens.away(true);
        groupSync.healthSays("invalid_token");
        send(UPDATE);

        tokens.away(false);

        recovers(2);
    }

    private void send(String value) {
        secured.send("g1", value.getBytes(UTF_8));
    }

    /** Logs the time that docs/faults.md names. */
    private void recovers(int outcomes) {
        var begun = System.nanoTime();
        assertThat(secured.outcomes(outcomes)).hasSize(outcomes);
        LOG.info("recovers in {}", Duration.ofNanos(System.nanoTime() - begun));
        healthIsGood();
    }

    private void publishingHasFailed() {
        await().until(() -> groupSync.metric("paused", "cause=kafka") == 1);
    }

    private void healthIsGood() {
        groupSync.isReady();
        assertThat(groupSync.health("").body()).doesNotContain("invalid credentials", "Authentication");
    }
}
