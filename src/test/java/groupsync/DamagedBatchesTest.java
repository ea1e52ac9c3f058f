package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.kafka.DamagedBatches;
import groupsync.kafka.LostUpdates;
import groupsync.sandbox.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk of a broker has a batch of records that cannot be read. */
class DamagedBatchesTest extends ShippedRoutes {

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
    void readsTheOtherPartitionsAndShowsHowToSkipTheBatch(String protocol, String damage) {
        try (var damaged = new Topics(broker.brokers());
                var warnings = new LogLines(DamagedBatches.class);
                var losses = new LogLines(LostUpdates.class)) {
            var compressed = damage.equals("compressed");
            damaged.create(damaged.updates, 4, Map.of("compression.type", compressed ? "gzip" : "producer"));
            damaged.create(damaged.outcomes, 4);
            damaged.create(damaged.deadLetters, 1);
            var first = damaged.send("g1", update("g1"));
            damaged.send("g1", update("g1"));
            damaged.send("g1", update("g1"));
            damage(damaged.updates + "-" + first.partition(), 1, compressed);
            var others = (int) IntStream.range(2, 10)
                    .mapToObj(i -> damaged.send("g" + i, update("g" + i)))
                    .filter(sent -> sent.partition() != first.partition())
                    .count();
            damaged.settings().forEach(groupSync::with);
            groupSync.with("consumer.group-protocol", protocol).with("zoom.pause.probe-interval", "1s");
            groupSync.start();

            // The first of the partition, and all of the others.
            assertThat(damaged.outcomes(1 + others)).hasSize(1 + others);
            groupSync.healthSays(damaged.updates + "-" + first.partition() + " stands still at offset 1,");
            assertThat(groupSync.health("").body()).contains("kafka-delete-records.sh");
            assertThat(groupSync.health("/live").statusCode()).isEqualTo(200);
            damaged.send("g1", update("g1"));
            damaged.send("g2", update("g2"));

            damaged.deleteUpdates(first.partition(), 2);

            await().until(() -> damaged.lag() == 0);
            groupSync.isReady();
            assertThat(warnings.all()).hasSize(2);
            assertThat(warnings.all().get(0))
                    .contains(" topic=" + damaged.updates + " partition=" + first.partition() + " offset=1 ");
            assertThat(losses.all()).singleElement().asString().contains("from=1 to=1 lost=1");
            groupSync.stop();
        }
    }

    private static byte[] update(String group) {
        return ("{\"groupId\":\"" + group + "\",\"name\":\"n\"}").getBytes(UTF_8);
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
