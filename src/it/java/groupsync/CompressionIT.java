package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed updates. */
class CompressionIT {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    /** Like a container with a read-only file system and no folder at /tmp. */
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd"})
    void reportsARemedyIfTheLibraryForDecompressionCannotBeUnpacked(String compression) {
        send(compression);

        try (var service = ServiceProcess.start(groupSync.settings(), "-Djava.io.tmpdir=/proc/none")) {
            await().atMost(Patience.LONGEST).untilAsserted(() -> {
                assertThat(service.output()).contains(" health at http");
                assertThat(groupSync.health("").body())
                        .contains("\"status\":\"DOWN\"")
                        .contains("cannot be loaded from java.io.tmpdir=/proc/none: set -Djava.io.tmpdir to a folder");
            });
            assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
            assertThat(service.output().lines().filter(line -> line.contains("java.io.tmpdir")))
                    .hasSizeBetween(1, 2);
            assertThat(service.isAlive()).isTrue();
        }
    }

    private void send(String compression) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestBroker.brokers(), "compression.type", compression),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(
                    groupSync.topics().updates,
                    "g1".getBytes(UTF_8),
                    "{\"groupId\":\"g1\",\"name\":\"a\"}".getBytes(UTF_8)));
        }
    }
}
