package groupsync.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All records that Debezium has written so far, and all outcomes. */
final class RecordsOfTable implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Set<String> records = new LinkedHashSet<>();
    /** Status by record; a repeat has the same place. */
    private final Map<String, String> outcomes = new HashMap<>();

    RecordsOfTable(String brokers, String topic) {
        this.topic = topic;
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", "test", "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic, HrExample.OUTCOMES));
    }

    private void read() {
        var polled = consumer.poll(Duration.ofMillis(200));
        for (var seen = polled; !seen.isEmpty(); seen = consumer.poll(Duration.ofMillis(200))) {
            seen.records(topic).forEach(record -> records.add(record.partition() + "@" + record.offset()));
            seen.records(HrExample.OUTCOMES).forEach(record -> {
                var outcome = json(record.value());
                var source = outcome.path("source");
                outcomes.put(
                        source.path("partition").asInt() + "@"
                                + source.path("offset").asLong(),
                        outcome.path("status").asText());
            });
        }
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The places of the records that have no outcome yet. */
    List<String> withoutOutcome() {
        read();
        return records.stream().filter(place -> !outcomes.containsKey(place)).toList();
    }

    /** How many records have each status. */
    Map<String, Long> statuses() {
        read();
        return outcomes.values().stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
