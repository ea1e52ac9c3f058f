package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password, a certificate or a token that the broker refuses for a while, whichever client of the service meets it first. */
class KafkaLoginTest {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaLoginTest.class);
    private static final String WRONG = "another-77aa";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private Certificates certificates;
    private TokenStandIn tokens;
    private SecureBroker broker;
    private Topics topics;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeEach
    void startBroker() {
        certificates = new Certificates(directory);
        tokens = new TokenStandIn();
        broker = new SecureBroker(directory, certificates, tokens);
        topics = new Topics(broker.open());
        topics.createAll(1);
        topics.allowAll(SecureBroker.USER);
        topics.settings().forEach(groupSync::with);
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
        topics.close();
        broker.close();
        tokens.close();
    }

    @Test
    void theConsumerGoesOnWhenThePasswordIsRight() {
        password();
        broker.password(WRONG);
        send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(groupSync.health("").body())
                        .contains("invalid credentials with SASL mechanism SCRAM-SHA-512"));

        broker.password(SecureBroker.PASSWORD);
        var mended = System.nanoTime();

        assertThat(topics.outcomes(1)).hasSize(1);
        goesOnAfter(mended);
        healthIsGood();
    }

    @Test
    void theProducerOfOutcomesGoesOnWhenThePasswordIsRight() {
        password();
        groupSync.start();
        healthIsGood();
        // The consumer has all its connections, and keeps them.
        await().atMost(PATIENCE).until(() -> groupSync.metrics().value("kafka_consumer_fetch_manager_fetch_total") > 0);
        broker.password(WRONG);
        send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        publishingHasFailed();

        broker.password(SecureBroker.PASSWORD);
        var mended = System.nanoTime();

        assertThat(topics.outcomes(1)).hasSize(1);
        goesOnAfter(mended);
        healthIsGood();
    }

    /** It connects when the first event is refused, which may be months after the start. */
    @Test
    void theProducerOfDeadLettersGoesOnWhenThePasswordIsRight() {
        password();
        groupSync.start();
        send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        assertThat(topics.outcomes(1)).hasSize(1);
        healthIsGood();
        broker.password(WRONG);
        send("g2", "no JSON");
        publishingHasFailed();

        broker.password(SecureBroker.PASSWORD);
        var mended = System.nanoTime();

        assertThat(topics.deadLetters(1)).hasSize(1);
        goesOnAfter(mended);
        assertThat(topics.outcomes(2)).hasSize(2);
        healthIsGood();
    }

    @Test
    void allGoesOnWhenTheFileHasACertificateThatTheBrokerKnows(@TempDir Path elsewhere) throws Exception {
        var file = Files.copy(new Certificates(elsewhere).client(), directory.resolve("of-the-service.pem"));
        groupSync
                .with("kafka.brokers", broker.tls())
                .with("camel.component.kafka.security-protocol", "SSL")
                .with("camel.component.kafka.ssl-keystore-type", "PEM")
                .with("camel.component.kafka.ssl-keystore-location", file.toString());
        send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(groupSync.health("").body()).contains("SslAuthenticationException"));

        Files.copy(certificates.client(), file, StandardCopyOption.REPLACE_EXISTING);
        var mended = System.nanoTime();

        assertThat(topics.outcomes(1)).hasSize(1);
        goesOnAfter(mended);
        healthIsGood();
    }

    /** For longer than a token lives, so that each client is refused and none has a token. */
    @Test
    void allGoesOnWhenTheIdentityProviderIsBack() {
        tokens.lifetime(10);
        groupSync
                .with("camel.component.kafka.sasl-auth-type", "OAUTH")
                .with("camel.component.kafka.oauth-client-id", TokenStandIn.CLIENT_ID)
                .with("camel.component.kafka.oauth-client-secret", TokenStandIn.CLIENT_SECRET)
                .with("camel.component.kafka.oauth-token-endpoint-uri", tokens.tokens());
        groupSync.start();
        send("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        assertThat(topics.outcomes(1)).hasSize(1);
        healthIsGood();
        tokens.away(true);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(groupSync.health("").body()).contains("invalid_token"));
        send("g1", "{\"groupId\":\"g1\",\"name\":\"later\"}");

        tokens.away(false);
        var mended = System.nanoTime();

        assertThat(topics.outcomes(2)).hasSize(2);
        goesOnAfter(mended);
        healthIsGood();
    }

    private void send(String key, String value) {
        topics.send(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The figure that docs/faults.md has. */
    private static void goesOnAfter(long mended) {
        LOG.info("goes on {} after that is mended", Duration.ofNanos(System.nanoTime() - mended));
    }

    private void publishingHasFailed() {
        await().atMost(PATIENCE).until(() -> groupSync.metrics().value("zoom_group_sync_paused", "cause=kafka") == 1);
    }

    private void healthIsGood() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(groupSync.health("").statusCode())
                        .as(groupSync.health("").body())
                        .isEqualTo(200));
        assertThat(groupSync.health("").body()).doesNotContain("invalid credentials", "Authentication");
    }
}
