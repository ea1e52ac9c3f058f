package groupsync.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What the service does for an event besides the request: the check by its schema, and an outcome of the same form. */
final class Duties {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final String outcomes = System.getenv("TOPICS_OUTCOMES");
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Duties.class.getResourceAsStream("/schema/group-update.schema.json"));
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", System.getenv("KAFKA_BROKERS"), "acks", "all", "enable.idempotence", true),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    /** The JSON of an event; null, which the schema refuses too, if it is none. */
    JsonNode read(byte @Nullable [] event) {
        try {
            return event == null ? NullNode.instance : JSON.readTree(event);
        } catch (IOException e) {
            return NullNode.instance;
        }
    }

    /**
     * Checks an update, applies it if it is valid, and publishes its outcome.
     *
     * @param zoom returns the number of requests
     * @return done when Kafka has the outcome
     */
    CompletableFuture<@Nullable Void> apply(
            ConsumerRecord<byte[], byte[]> event, JsonNode update, ToIntFunction<JsonNode> zoom) {
        var errors = schema.validate(update);
        var outcome = JSON.createObjectNode();
        var id = event.topic() + "-" + event.partition() + "-" + event.offset();
        outcome.put("eventId", update.path("eventId").asText(id));
        if (errors.isEmpty()) {
            var attempts = zoom.applyAsInt(update);
            outcome.put("groupId", update.path("groupId").asText());
            outcome.put("status", "APPLIED").put("httpStatus", 204).put("attempts", attempts);
        } else {
            outcome.put("status", "REJECTED").put("reason", "invalid-event");
            outcome.put("message", errors.toString()).put("attempts", 0);
        }
        outcome.putObject("source")
                .put("topic", event.topic())
                .put("partition", event.partition())
                .put("offset", event.offset());
        var time = MILLISECONDS.format(Instant.now());
        outcome.put("completedAt", time);
        return publish(new ProducerRecord<>(
                outcomes,
                null,
                event.key(),
                bytes(outcome),
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_id", id),
                        header("ce_source", "/zoom-group-sync"),
                        header("ce_type", "zoom.im-group.update." + (errors.isEmpty() ? "applied" : "rejected")),
                        header("ce_subject", update.path("groupId").asText("unknown")),
                        header("ce_time", time),
                        header("content-type", "application/json"))));
    }

    private CompletableFuture<@Nullable Void> publish(ProducerRecord<byte[], byte[]> outcome) {
        var acknowledged = new CompletableFuture<@Nullable Void>();
        var unused = producer.send(outcome, (place, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    private static byte[] bytes(JsonNode outcome) {
        try {
            return JSON.writeValueAsBytes(outcome);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
