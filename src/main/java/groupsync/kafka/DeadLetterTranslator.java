package groupsync.kafka;

import groupsync.event.Outcome;
import groupsync.event.SourceRecord;
import groupsync.event.UpdateInHand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Message Translator: an event that was refused becomes a dead letter, its key, value and headers byte for byte as
 * they came, and after them headers that say why.
 */
public final class DeadLetterTranslator implements Processor {

    private static final String REPLAYS = "dead-letter-replays";
    /** In bytes: 256 characters of UTF-8, as long as a group id can be. */
    private static final int LONGEST_KEY = 1_024;

    private final boolean withValue;

    /** @param withValue whether the letter holds the event, or only says where in Kafka it is to be found */
    public DeadLetterTranslator(boolean withValue) {
        this.withValue = withValue;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        var update = exchange.getMessage().getMandatoryBody(UpdateInHand.class);
        var letter = record(
                Objects.requireNonNull(update.outcome(), "an update without an outcome"),
                update.event().source());
        letter = withValue ? letter : withoutValue(letter, update.event().source());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(KafkaConstants.KEY, letter.key());
        exchange.getMessage().setBody(letter);
    }

    static OutgoingRecord record(Outcome outcome, SourceRecord source) {
        var headers = new ArrayList<>(List.of(source.headers().toArray()));
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
        return new OutgoingRecord(source.key(), source.value(), headers);
    }

    /** What says why, and where the event itself is, always fits; of the event only a key that may be a group id. */
    private static OutgoingRecord withoutValue(OutgoingRecord letter, SourceRecord source) {
        var count = source.headers().toArray().length;
        var headers =
                new ArrayList<>(letter.headers().subList(count, letter.headers().size()));
        add(headers, "value-omitted", letter.value() == null ? 0 : letter.value().length);
        var key = letter.key();
        return new OutgoingRecord(key != null && key.length > LONGEST_KEY ? null : key, null, headers);
    }

    private static void add(List<Header> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(TextHeader.of("dead-letter-" + name, value.toString()));
        }
    }
}
