package groupsync.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.Outcome;
import groupsync.event.SourceRecord;
import groupsync.event.Trace;
import groupsync.queue.PendingUpdate;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Message Translator: an outcome becomes a CloudEvent in binary mode. Its id is that of the source record, so that a reader
 * can drop repeats.
 */
public final class OutcomeTranslator implements Processor {

    private static final ObjectWriter JSON = new JsonMapper().writerFor(Outcome.class);
    private static final URI SOURCE = URI.create("/zoom-group-sync");

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        var outcomes = new ArrayList<Message>();
        for (var member : Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class))
                .members()) {
            outcomes.add(message(member, exchange));
        }
        message.removeHeaders("*");
        // Camel publishes each record of a list, and continues when Kafka has all of them.
        message.setBody(outcomes);
    }

    private static Message message(PendingUpdate update, Exchange exchange) {
        var outgoing = record(
                Objects.requireNonNull(update.outcome(), "an update without an outcome"),
                update.event().source());
        var message = new DefaultMessage(exchange);
        message.setHeader(KafkaConstants.KEY, outgoing.key());
        message.setBody(outgoing);
        return message;
    }

    /** An outcome without a group id gets the key of its source record. */
    static OutgoingRecord record(Outcome outcome, SourceRecord source) {
        var place = OutgoingRecord.keyOf(source.id());
        var key = outcome.groupId() == null ? source.key() : outcome.groupId().getBytes(StandardCharsets.UTF_8);
        var usableKey = OutgoingRecord.isKey(key) ? key : place;
        Supplier<OutgoingRecord> shortened = () -> record(outcome.shortened(), source, usableKey, true, null);
        return key == null
                ? record(outcome, source, null, false, () -> record(outcome, source, place, false, shortened))
                : record(outcome, source, usableKey, false, shortened);
    }

    private static OutgoingRecord record(
            Outcome outcome,
            SourceRecord source,
            byte @Nullable [] key,
            boolean shortened,
            @Nullable Supplier<OutgoingRecord> other) {
        var event = CloudEventBuilder.v1()
                .withId(source.id())
                .withSource(SOURCE)
                .withType(outcome.status().eventType())
                .withTime(outcome.completedAt().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withData(json(outcome));
        if (outcome.groupId() != null) {
            event.withSubject(outcome.groupId());
        }
        var written = KafkaMessageFactory.createWriter("outcomes").writeBinary(event.build());
        List<Header> headers = new ArrayList<>(List.of(written.headers().toArray()));
        if (shortened) {
            headers.add(OutgoingRecord.header("ce_shortened", "true"));
        } else {
            Trace.write(source.trace(), headers, (all, name, value) -> {
                if (all != null) {
                    all.add(OutgoingRecord.header(name, value));
                }
            });
        }
        return new OutgoingRecord(key, written.value(), headers, other);
    }

    private static byte[] json(Outcome outcome) {
        try {
            return JSON.writeValueAsBytes(outcome);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome that is no JSON: " + outcome, e);
        }
    }
}
