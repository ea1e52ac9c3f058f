package groupsync.deadletters;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
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

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip())
                .startsWith("no broker answers at 127.0.0.1:1; check ")
                .hasLineCount(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(45));
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

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip()).contains(file).hasLineCount(1);
    }

    @Test
    void namesTheSettingIfTheHostIsUnknown() {
        var run = deadLetters.run(cluster("no-such-host.invalid:9092", "u", "o", "d"), "list");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip())
                .startsWith("kafka.brokers or camel.component.kafka.*: ")
                .hasLineCount(1);
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

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("the topic missing is missing at " + TestBroker.brokers());
    }

    /** A script must not take a part of the output for the whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {"list", "list --output json", "show hr-1", "stats", "replay --dry-run", "generate-completion"})
    @EnabledOnOs(OS.LINUX)
    void failsIfTheDiskIsFull(String command) throws IOException {
        deadLetters.letter("hr-1", "g1").send();

        try (var full = new FileOutputStream("/dev/full")) {
            var run = deadLetters.runTo(full, command);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().strip())
                    .isEqualTo("the output is not complete: No space left on device")
                    .hasLineCount(1);
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
    void namesAMissingRight(@TempDir Path directory) throws Exception {
        var withRights = Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "true");
        try (var broker = new EmbeddedKafka(0, directory, withRights);
                var topics = new Topics(broker.brokers());
                var admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            topics.createAll(1);
            var cluster = cluster(broker.brokers(), topics.updates, topics.outcomes, topics.deadLetters);
            try (var producer = cluster.producer("letters")) {
                producer.initTransactions();
                producer.beginTransaction();
                var unused = producer.send(deadLetters.letter("hr-1", "g1").to(topics.deadLetters));
                producer.commitTransaction();
            }

            allowOnly(admin, TRANSACTIONAL_ID, topics.deadLetters + ".replayed", DESCRIBE);
            var noTransaction = deadLetters.run(cluster, "replay --yes");
            allowOnly(admin, TRANSACTIONAL_ID, topics.deadLetters + ".replayed", WRITE);
            allowOnly(admin, TOPIC, topics.updates, DESCRIBE, READ);
            var noWrite = deadLetters.run(cluster, "replay --yes");
            allowOnly(admin, TOPIC, topics.deadLetters, DESCRIBE);
            var noRead = deadLetters.run(cluster, "list --output json");
            allowOnly(admin, TOPIC, topics.deadLetters, CREATE);
            var nothing = deadLetters.run(cluster, "list --output json");

            assertThat(List.of(noTransaction.status(), noWrite.status(), noRead.status()))
                    .containsOnly(1);
            assertThat(noTransaction.err().strip())
                    .startsWith("not authorized: ")
                    .hasLineCount(1);
            assertThat(noWrite.err().strip()).isEqualTo("not authorized for the topic " + topics.updates);
            assertThat(noRead.err().strip()).isEqualTo("not authorized for the topic " + topics.deadLetters);
            assertThat(nothing.err().strip()).isEqualTo("not authorized for the topic " + topics.deadLetters);
            assertThat(noRead.out()).isEmpty();
        }
    }

    /** A resource with rules refuses every operation that none of them allows. */
    private static void allowOnly(Admin admin, ResourceType type, String name, AclOperation... operations)
            throws Exception {
        var resource = new ResourcePattern(type, name, PatternType.LITERAL);
        admin.deleteAcls(List.of(new AclBindingFilter(resource.toFilter(), AccessControlEntryFilter.ANY)))
                .all()
                .get();
        admin.createAcls(Stream.of(operations)
                        .map(operation -> new AclBinding(
                                resource,
                                new AccessControlEntry("User:ANONYMOUS", "*", operation, AclPermissionType.ALLOW)))
                        .toList())
                .all()
                .get();
    }
}
