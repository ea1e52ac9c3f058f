package groupsync.benchmark;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the programs beside the service have in common: their settings, and that they end with who started them. */
final class Contestant {

    private Contestant() {}

    static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        System.getenv("KAFKA_BROKERS"),
                        "group.id",
                        System.getenv("CONSUMER_GROUP"),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static String topic() {
        return System.getenv("TOPICS_UPDATES");
    }

    static int concurrency() {
        return Integer.parseInt(System.getenv("ZOOM_MAX_CONCURRENT_REQUESTS"));
    }

    /** The standard input ends when the process that started this one does, however it did. */
    static void endWithParent() {
        var watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing that it is told means anything.
                }
            } catch (IOException e) {
                // Then there is nobody either.
            }
            Runtime.getRuntime().halt(0);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
