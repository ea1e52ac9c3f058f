package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.kafka.DamagedBatches;
import groupsync.kafka.LostUpdates;
import groupsync.sandbox.EmbeddedKafka;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk of a broker has a batch of records that cannot be read. */
class DamagedBatchesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of a batch of format 2: where its length, its check sum, what the sum is of, and its records begin. */
    private static final int LENGTH = 8;

    private static final int CHECK_SUM = 17;
    private static final int SUMMED = 21;
    private static final int RECORDS = 61;

    @TempDir
    static Path disk;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker = new EmbeddedKafka(0, disk, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"consumer,check sum", "classic,check sum", "consumer,compressed", "classic,compressed"})
    void readsTheOtherPartitionsAndSaysHowToSkipTheBatch(String protocol, String damage) {
        try (var zoom = new ZoomStandIn();
                var topics = new Topics(broker.brokers());
                var warnings = new LogLines(DamagedBatches.class);
                var losses = new LogLines(LostUpdates.class)) {
            topics.create(
                    topics.updates, 4, Map.of("compression.type", damage.equals("compressed") ? "gzip" : "producer"));
            topics.create(topics.outcomes, 4);
            topics.create(topics.deadLetters, 1);
            var first = topics.send("g1", update("g1", "a"));
            topics.send("g1", update("g1", "b"));
            topics.send("g1", update("g1", "c"));
            damage(topics.updates + "-" + first.partition(), 1, damage.equals("compressed"));
            var others = IntStream.range(2, 10)
                    .mapToObj(i -> topics.send("g" + i, update("g" + i, "a")))
                    .filter(sent -> sent.partition() != first.partition())
                    .count();
            var settings = new HashMap<>(topics.settings());
            settings.putAll(zoom.settings());
            settings.put("consumer.group-protocol", protocol);
            settings.put("zoom.pause.probe-interval", "1s");
            var port = FreePort.find();
            settings.put("management.port", String.valueOf(port));
            var main = GroupSyncApplication.create(settings);
            main.start();
            try {
                // The first of the partition, and all of the others.
                assertThat(topics.outcomes(1 + (int) others)).hasSize(1 + (int) others);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(GroupSyncFixture.get(port, "/observe/health")
                                        .body())
                                .contains(topics.updates + "-" + first.partition() + " stands still at offset 1,")
                                .contains("kafka-delete-records.sh"));
                assertThat(GroupSyncFixture.get(port, "/observe/health/live").statusCode())
                        .isEqualTo(200);
                topics.send("g1", update("g1", "d"));
                topics.send("g2", update("g2", "b"));

                topics.deleteUpdates(first.partition(), 2);

                await().atMost(PATIENCE).until(() -> topics.lag() == 0);
                await().atMost(PATIENCE)
                        .until(() ->
                                GroupSyncFixture.get(port, "/observe/health").statusCode() == 200);
                assertThat(warnings.all()).hasSize(2);
                assertThat(warnings.all().get(0))
                        .contains(" topic=" + topics.updates + " partition=" + first.partition() + " offset=1 ");
                assertThat(losses.all()).singleElement().asString().contains("from=1 to=1 lost=1");
            } finally {
                main.stop();
            }
        }
    }

    private static byte[] update(String group, String name) {
        return ("{\"groupId\":\"" + group + "\",\"name\":\"" + name + "\"}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Changes the records of a batch on the disk. */
    private static void damage(String partition, int batch, boolean sumIsRight) {
        var file = disk.resolve(partition).resolve("00000000000000000000.log");
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            var begin = 0;
            for (var i = 0; i < batch; i++) {
                begin += LENGTH + Integer.BYTES + bytes.getInt(begin + LENGTH);
            }
            var end = begin + LENGTH + Integer.BYTES + bytes.getInt(begin + LENGTH);
            bytes.putInt(begin + RECORDS, ~bytes.getInt(begin + RECORDS));
            if (sumIsRight) {
                var sum = new CRC32C();
                sum.update(bytes.array(), begin + SUMMED, end - begin - SUMMED);
                bytes.putInt(begin + CHECK_SUM, (int) sum.getValue());
            }
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
