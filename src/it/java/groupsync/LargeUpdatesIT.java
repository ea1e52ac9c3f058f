package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large updates, and a process with little memory. */
class LargeUpdatesIT {

    private static final int UPDATES = 250;
    private static final int LARGE = 900_000;
    /** Less than in the image, which has 128 MB in a container of 512 MB. */
    private static final String[] LITTLE_MEMORY = {"-Xmx96m", "-XX:+ExitOnOutOfMemoryError"};

    private static final Duration PATIENCE = Patience.LONGEST;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    /** A broker counts compressed bytes: one small fetch has all of them. */
    @Test
    void appliesUpdatesThatAreLargeWithoutCompression() {
        sends(" ".repeat(LARGE));

        try (var service = ServiceProcess.start(groupSync.settings(), LITTLE_MEMORY)) {
            groupSync.allAreApplied(UPDATES);
            assertThat(service.isAlive()).isTrue();
        }
    }

    @Test
    void appliesUpdatesWithLargeHeaders() {
        groupSync.zoom().latency(Duration.ofMillis(50));
        groupSync.with("zoom.max-concurrent-requests", "4");
        sends("", new RecordHeader("baggage", new byte[LARGE]));

        try (var service = ServiceProcess.start(groupSync.settings(), LITTLE_MEMORY)) {
            groupSync.allAreApplied(UPDATES);
            assertThat(service.isAlive()).isTrue();
        }
    }

    /** A consumer cannot read a record in parts, so the topic has to refuse it. */
    @Test
    void aTopicAsRecommendedRefusesAnUpdateThatIsTooLargeWithoutCompression() {
        var topic = groupSync.topics().updates + ".uncompressed";
        groupSync.topics().create(topic, 1, Map.of("compression.type", "uncompressed"));

        try (var producer = producer()) {
            var sent = producer.send(new ProducerRecord<>(topic, new byte[20 * LARGE]));

            assertThat(sent)
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    /** @param blanks after each update, which stays valid JSON */
    private void sends(String blanks, Header... headers) {
        try (var producer = producer()) {
            for (var i = 0; i < UPDATES; i++) {
                var update = "{\"groupId\":\"g" + i + "\",\"name\":\"" + i + "\"}" + blanks;
                var unused = producer.send(new ProducerRecord<>(
                        groupSync.topics().updates,
                        null,
                        ("g" + i).getBytes(UTF_8),
                        update.getBytes(UTF_8),
                        List.of(headers)));
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.brokers(),
                        "compression.type",
                        "zstd",
                        "linger.ms",
                        50,
                        "max.request.size",
                        100_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
