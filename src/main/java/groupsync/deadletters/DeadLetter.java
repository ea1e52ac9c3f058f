package groupsync.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** An event that was refused, as it lies in the dead-letter topic: the event itself, and headers that say why. */
record DeadLetter(ConsumerRecord<byte[], byte[]> letter) {

    static final String PREFIX = "dead-letter-";
    private static final String REPLAYS = PREFIX + "replays";

    Place place() {
        return Place.of(letter);
    }

    /** The last header of this name; an earlier one may be the sender's. */
    Optional<String> says(String name) {
        var header = letter.headers().lastHeader(PREFIX + name);
        return header == null || header.value() == null ? Optional.empty() : Optional.of(text(header));
    }

    Optional<String> reason() {
        return says("reason");
    }

    Optional<String> groupId() {
        return says("group-id");
    }

    /** Letters with the same line are of the same group, as far as that is known: else those with the same key. */
    String line() {
        return groupId().orElseGet(() -> "\n" + (letter.key() == null ? "" : Arrays.toString(letter.key())));
    }

    Optional<String> eventId() {
        return says("event-id");
    }

    /** When the event was refused; of a record that does not say, when it was written. */
    Instant refusedAt() {
        try {
            return says("failed-at").map(Instant::parse).orElseGet(() -> Instant.ofEpochMilli(letter.timestamp()));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(letter.timestamp());
        }
    }

    /** How often the event was replayed before it became this letter. */
    int replays() {
        return says("replays")
                .filter(count -> count.matches("\\d{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Where the event stood in the updates topic. */
    Optional<Place> source() {
        var partition = says("source-partition").filter(number -> number.matches("\\d{1,9}"));
        var offset = says("source-offset").filter(number -> number.matches("\\d{1,18}"));
        return says("source-topic")
                .filter(topic -> partition.isPresent() && offset.isPresent())
                .map(topic -> new Place(
                        topic, Integer.parseInt(partition.orElseThrow()), Long.parseLong(offset.orElseThrow())));
    }

    /** The headers that say why it was refused. */
    List<Header> ownHeaders() {
        return headers(true);
    }

    /** The headers that the event came with. */
    List<Header> eventHeaders() {
        return headers(false);
    }

    private List<Header> headers(boolean own) {
        var headers = new ArrayList<Header>();
        for (var header : letter.headers()) {
            if (header.key().startsWith(PREFIX) == own) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** The headers to replay the event with: its own, and how often it was replayed. */
    List<Header> headersOfReplay() {
        var headers = new ArrayList<>(eventHeaders());
        headers.add(new RecordHeader(REPLAYS, String.valueOf(replays() + 1).getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
