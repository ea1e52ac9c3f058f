package groupsync.kafka;

import groupsync.event.Outcome;
import groupsync.event.SourceRecord;
import groupsync.queue.PendingUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Message Translator: a refused event becomes a dead letter. Its key, value and headers stay byte for byte as they came; headers
 * with the reason follow.
 */
public final class DeadLetterTranslator implements Processor {

    private static final String REPLAYS = "dead-letter-replays";
    private static final String KEY_REPLACED = "key-replaced";
    /** In bytes. Only an absurd tracking id is longer. */
    private static final int LONGEST_HEADER = 4_096;

    @Override
    public void process(Exchange exchange) {
        var update = Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class));
        var letter = record(
                Objects.requireNonNull(update.outcome(), "an update without an outcome"),
                update.event().source());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(KafkaConstants.KEY, letter.key());
        exchange.getMessage().setBody(letter);
    }

    static OutgoingRecord record(Outcome outcome, SourceRecord source) {
        var why = why(outcome, source);
        var headers = new ArrayList<>(List.of(source.headers().toArray()));
        headers.addAll(why);
        return new OutgoingRecord(
                source.key(),
                source.value(),
                headers,
                () -> source.key() == null ? withKey(headers, source, why) : withoutEvent(why, source));
    }

    private static List<Header> why(Outcome outcome, SourceRecord source) {
        var headers = new ArrayList<Header>();
        add(headers, "reason", outcome.reason());
        add(headers, "message", outcome.message());
        add(headers, "http-status", outcome.httpStatus());
        add(headers, "zoom-code", outcome.zoomCode());
        add(headers, "tracking-id", outcome.trackingId());
        add(headers, "attempts", outcome.attempts());
        add(headers, "failed-at", outcome.completedAtText());
        add(headers, "event-id", outcome.eventId());
        add(headers, "group-id", outcome.groupId());
        add(headers, "source-topic", source.partition().topic());
        add(headers, "source-partition", source.partition().partition());
        add(headers, "source-offset", source.offset());
        add(headers, "source-timestamp", source.timestamp());
        add(
                headers,
                "replays",
                source.header(REPLAYS)
                        .filter(count -> count.matches("\\d{1,9}"))
                        .orElse("0"));
        return headers;
    }

    /** A compacted topic refuses a record without a key. */
    private static OutgoingRecord withKey(List<Header> letter, SourceRecord source, List<Header> why) {
        var headers = new ArrayList<>(letter);
        add(headers, KEY_REPLACED, "none");
        return new OutgoingRecord(
                OutgoingRecord.keyOf(source.id()), source.value(), headers, () -> withoutEvent(why, source));
    }

    /** The reason and the position of the event always fit. Of the event itself, only a key of the length of a group id does. */
    private static OutgoingRecord withoutEvent(List<Header> why, SourceRecord source) {
        var headers = why.stream()
                .filter(header -> header.value().length <= LONGEST_HEADER)
                .collect(Collectors.toCollection(ArrayList::new));
        add(headers, "value-omitted", source.value() == null ? 0 : source.value().length);
        add(headers, "headers-omitted", source.headers().toArray().length);
        var key = source.key();
        if (OutgoingRecord.isKey(key)) {
            return new OutgoingRecord(key, null, headers, null);
        }
        add(headers, KEY_REPLACED, key == null ? "none" : key.length);
        return new OutgoingRecord(OutgoingRecord.keyOf(source.id()), null, headers, null);
    }

    private static void add(List<Header> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(OutgoingRecord.header("dead-letter-" + name, value.toString()));
        }
    }
}
