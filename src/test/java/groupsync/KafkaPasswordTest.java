package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password that is wrong at the broker for a while, whichever client of the service meets it first. */
class KafkaPasswordTest {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPasswordTest.class);
    private static final String WRONG = "another-77aa";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private TokenStandIn tokens;
    private SecureBroker broker;
    private Topics topics;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeEach
    void startBroker() {
        var certificates = new Certificates(directory);
        tokens = new TokenStandIn();
        broker = new SecureBroker(directory, certificates, tokens);
        topics = new Topics(broker.open());
        topics.createAll(1);
        topics.allowAll(SecureBroker.USER);
        topics.settings().forEach(groupSync::with);
        groupSync
                .with("kafka.brokers", broker.sasl())
                .with("camel.component.kafka.sasl-auth-type", "SCRAM_SHA_512")
                .with("camel.component.kafka.sasl-username", SecureBroker.USER)
                .with("camel.component.kafka.sasl-password", SecureBroker.PASSWORD)
                .with("camel.component.kafka.ssl-truststore-type", "PEM")
                .with(
                        "camel.component.kafka.ssl-truststore-location",
                        certificates.authority().toString());
    }

    @AfterEach
    void stopBroker() {
        groupSync.stop();
        topics.close();
        broker.close();
        tokens.close();
    }

    @Test
    void theConsumerGoesOnWhenItIsRight() {
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
    void theProducerOfOutcomesGoesOnWhenItIsRight() {
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
    void theProducerOfDeadLettersGoesOnWhenItIsRight() {
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

    private void send(String key, String value) {
        topics.send(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The figure that docs/faults.md has. */
    private static void goesOnAfter(long mended) {
        LOG.info("goes on {} after the password is right", Duration.ofNanos(System.nanoTime() - mended));
    }

    private void publishingHasFailed() {
        await().atMost(PATIENCE).until(() -> groupSync.metrics().value("zoom_group_sync_paused", "cause=kafka") == 1);
    }

    private void healthIsGood() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(groupSync.health("").statusCode())
                        .as(groupSync.health("").body())
                        .isEqualTo(200));
        assertThat(groupSync.health("").body()).doesNotContain("invalid credentials");
    }
}
