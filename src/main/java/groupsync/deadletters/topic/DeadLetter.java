package groupsync.deadletters.topic;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** An event that was refused, as it stands in the dead-letter topic: the event itself, and headers that say why. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, LetterHeaders headers) {

    DeadLetter(ConsumerRecord<byte[], byte[]> record) {
        this(record, LetterHeaders.of(record.headers()));
    }

    /** Its position in the dead-letter topic. */
    public RecordPosition position() {
        return RecordPosition.of(record);
    }

    /** The key of the event as text. */
    public Optional<String> key() {
        return text(record.key());
    }

    /** The value of the event as text. */
    public Optional<String> value() {
        return text(record.value());
    }

    private static Optional<String> text(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    /** The text of the header {@code dead-letter-<name>}. */
    public Optional<String> detail(String name) {
        return headers.detail(name);
    }

    public Optional<String> reason() {
        return detail("reason");
    }

    public Optional<String> groupId() {
        return detail("group-id");
    }

    public Optional<String> eventId() {
        return detail("event-id");
    }

    /** Letters with the same key keep their order: those of a group or, if the group is unknown, of a record key. */
    public String orderKey() {
        return groupId()
                .orElseGet(() ->
                        "\n" + (record.key() == null ? "" : new String(record.key(), StandardCharsets.ISO_8859_1)));
    }

    /** When the event was refused; if no header says so, when the letter was written. */
    public Instant refusedAt() {
        try {
            return detail("failed-at").map(Instant::parse).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    /** How often the event was replayed before it became this letter. */
    public int replays() {
        return number("replays").orElse(0);
    }

    /** The position of the event in the updates topic, when it was refused. */
    public Optional<RecordPosition> source() {
        var offset = detail("source-offset").filter(digits -> digits.matches("\\d{1,18}"));
        return detail("source-topic")
                .flatMap(topic -> number("source-partition")
                        .flatMap(partition ->
                                offset.map(digits -> new RecordPosition(topic, partition, Long.parseLong(digits)))));
    }

    /** The number in the header {@code dead-letter-<name>}, if it has up to nine digits. */
    public Optional<Integer> number(String name) {
        return detail(name).filter(digits -> digits.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    /** The event to replay: as it came, with the count of its replays. */
    public ProducerRecord<byte[], byte[]> replay(String topic, @Nullable Integer partition) {
        // In a letter that has its value, the key is replaced only if the event had none.
        var key = detail("key-replaced").isPresent() ? null : record.key();
        return new ProducerRecord<>(topic, partition, key, record.value(), headers.ofReplay(replays() + 1));
    }
}
