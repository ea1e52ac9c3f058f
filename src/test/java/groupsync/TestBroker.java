package groupsync;

import groupsync.sandbox.EmbeddedKafka;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.internals.AppInfoParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The real broker of all tests: a container if Docker answers and has or gets the image, otherwise one inside the JVM.
 * {@code TEST_BROKER=embedded} or {@code TEST_BROKER=testcontainers} demands one of them.
 */
public final class TestBroker {

    private static final Logger LOG = LoggerFactory.getLogger(TestBroker.class);
    private static final String BROKERS = start();

    private TestBroker() {}

    /** The value for {@code bootstrap.servers}. */
    public static String brokers() {
        return BROKERS;
    }

    @SuppressWarnings("resource") // ends with the JVM
    private static String start() {
        var demanded =
                Optional.ofNullable(System.getenv("TEST_BROKER")).orElse("any").toLowerCase(Locale.ROOT);
        if (!demanded.equals("embedded") && DockerClientFactory.instance().isDockerAvailable()) {
            try {
                var container = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
                        // A topic that a test deletes stays deleted.
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
                container.start();
                LOG.info("the broker of the tests is a container at {}", container.getBootstrapServers());
                return container.getBootstrapServers();
            } catch (RuntimeException e) {
                LOG.info("Docker answers, but a broker did not start there: {}", e.toString());
            }
        }
        if (demanded.equals("testcontainers")) {
            throw new IllegalStateException("TEST_BROKER=testcontainers, but no broker started in a container");
        }
        var embedded = new EmbeddedKafka(0);
        LOG.info("the broker of the tests is embedded, at {}", embedded.brokers());
        return embedded.brokers();
    }
}
