package groupsync.deadletters;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.Patience;
import groupsync.TestBroker;
import groupsync.Topics;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.sandbox.EmbeddedKafka;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure is one line on standard error and status 1, within a minute. */
class FailuresTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    private static KafkaCluster cluster(String brokers, String updates, String outcomes, String letters) {
        return new KafkaCluster(Map.of("bootstrap.servers", brokers), 1_048_576, updates, outcomes, letters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "replay --yes"})
    void namesTheBrokersIfNoneAnswers(String command) {
        var begun = System.nanoTime();

        var run = deadLetters.run(cluster("127.0.0.1:1", "u", "o", "d"), command);

        run.assertFailed().startsWith("no broker answers at 127.0.0.1:1; check ");
        assertThat(run.out()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Patience.LONGEST);
    }

    @Test
    void namesATrustStoreThatCannotBeRead(@TempDir Path directory) {
        var file = directory.resolve("no-such-ca.pem").toString();
        var client = Map.<String, Object>of(
                "bootstrap.servers", "127.0.0.1:1",
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", file);

        var run = deadLetters.run(new KafkaCluster(client, 1_048_576, "u", "o", "d"), "list");

        run.assertFailed().contains(file);
    }

    @Test
    void namesTheSettingIfTheHostIsUnknown() {
        var run = deadLetters.run(cluster("no-such-host.invalid:9092", "u", "o", "d"), "list");

        run.assertFailed().startsWith("kafka.brokers or camel.component.kafka.*: ");
    }

    @ParameterizedTest
    @CsvSource({
        "list, deadLetters",
        "stats, deadLetters",
        "show hr-1, deadLetters",
        "show hr-1, outcomes",
        "replay --dry-run, outcomes",
        "replay --yes, updates"
    })
    void namesAMissingTopic(String command, String missing) {
        deadLetters.letter("hr-1", "g1").send();
        var topics = deadLetters.topics();

        var run = deadLetters.run(
                cluster(
                        TestBroker.brokers(),
                        missing.equals("updates") ? "missing" : topics.updates,
                        missing.equals("outcomes") ? "missing" : topics.outcomes,
                        missing.equals("deadLetters") ? "missing" : topics.deadLetters),
                command);

        run.assertFailed().isEqualTo("the topic missing is missing at " + TestBroker.brokers());
    }

    /** A script must not take a part of the output for the whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {"list", "list --output json", "show hr-1", "stats", "replay --dry-run", "generate-completion"})
    @EnabledOnOs(OS.LINUX)
    void failsIfTheDiskIsFull(String command) throws IOException {
        deadLetters.letter("hr-1", "g1").send();

        try (var full = new FileOutputStream("/dev/full")) {
            deadLetters
                    .runTo(full, command)
                    .assertFailed()
                    .isEqualTo("the output is not complete: No space left on device");
        }
    }

    /** Such as head(1). */
    @ParameterizedTest
    @ValueSource(strings = {"list", "stats"})
    @EnabledOnOs(OS.LINUX)
    void succeedsIfTheReaderHasReadEnough(String command) throws IOException {
        deadLetters.letter("hr-1", "g1").send();
        var pipe = Pipe.open();
        pipe.source().close();

        try (var closed = Channels.newOutputStream(pipe.sink())) {
            var run = deadLetters.runTo(closed, command);

            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void namesAMissingRight(@TempDir Path directory) {
        var withRights = Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "true");
        try (var broker = new EmbeddedKafka(0, directory, withRights);
                var topics = new Topics(broker.brokers())) {
            topics.createAll(1);
            var cluster = cluster(broker.brokers(), topics.updates, topics.outcomes, topics.deadLetters);
            try (var producer = cluster.producer("letters")) {
                producer.initTransactions();
                producer.beginTransaction();
                var unused = producer.send(deadLetters.letter("hr-1", "g1").to(topics.deadLetters));
                producer.commitTransaction();
            }

            var rights = topics.rights();
            rights.allowOnly(TRANSACTIONAL_ID, topics.deadLetters + ".replayed", DESCRIBE);
            var noTransaction = deadLetters.run(cluster, "replay --yes");
            rights.allowOnly(TRANSACTIONAL_ID, topics.deadLetters + ".replayed", WRITE);
            rights.allowOnly(TOPIC, topics.updates, DESCRIBE, READ);
            var noWrite = deadLetters.run(cluster, "replay --yes");
            rights.allowOnly(TOPIC, topics.deadLetters, DESCRIBE);
            var noRead = deadLetters.run(cluster, "list --output json");
            rights.allowOnly(TOPIC, topics.deadLetters, CREATE);
            var nothing = deadLetters.run(cluster, "list --output json");

            noTransaction.assertFailed().startsWith("not authorized: ");
            noWrite.assertFailed().isEqualTo("not authorized for the topic " + topics.updates);
            noRead.assertFailed().isEqualTo("not authorized for the topic " + topics.deadLetters);
            nothing.assertFailed().isEqualTo("not authorized for the topic " + topics.deadLetters);
            assertThat(noRead.out()).isEmpty();
        }
    }
}
