package groupsync.deadletters.topic;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** An event that was refused, as it lies in the dead-letter topic: the event itself, and headers that say why. */
public record DeadLetter(ConsumerRecord<byte[], byte[]> letter) {

    public static final String PREFIX = "dead-letter-";
    private static final String REASON = PREFIX + "reason";
    private static final String REPLAYS = PREFIX + "replays";

    public RecordPosition place() {
        return RecordPosition.of(letter);
    }

    /** What the letter says; of several headers of one name the last. */
    public Optional<String> says(String name) {
        return ownHeaders().stream()
                .filter(header -> header.key().equals(PREFIX + name) && header.value() != null)
                .reduce((earlier, later) -> later)
                .map(DeadLetter::text);
    }

    public Optional<String> reason() {
        return says("reason");
    }

    public Optional<String> groupId() {
        return says("group-id");
    }

    /** Letters with the same line are of the same group, as far as that is known: else those with the same key. */
    public String line() {
        return groupId()
                .orElseGet(() ->
                        "\n" + (letter.key() == null ? "" : new String(letter.key(), StandardCharsets.ISO_8859_1)));
    }

    public Optional<String> eventId() {
        return says("event-id");
    }

    /** When the event was refused; of a record that does not say, when it was written. */
    public Instant refusedAt() {
        try {
            return says("failed-at").map(Instant::parse).orElseGet(() -> Instant.ofEpochMilli(letter.timestamp()));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(letter.timestamp());
        }
    }

    /** How often the event was replayed before it became this letter. */
    public int replays() {
        return says("replays")
                .filter(count -> count.matches("\\d{1,8}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Where the event stood in the updates topic. */
    public Optional<RecordPosition> source() {
        var partition = says("source-partition").filter(number -> number.matches("\\d{1,9}"));
        var offset = says("source-offset").filter(number -> number.matches("\\d{1,18}"));
        return says("source-topic")
                .filter(topic -> partition.isPresent() && offset.isPresent())
                .map(topic -> new RecordPosition(
                        topic, Integer.parseInt(partition.orElseThrow()), Long.parseLong(offset.orElseThrow())));
    }

    /**
     * The headers that say why it was refused. The first of them is the last of the name {@code dead-letter-reason}: what
     * stands before it came with the event, whatever its name.
     */
    public List<Header> ownHeaders() {
        var headers = List.of(letter.headers().toArray());
        return headers.subList(beginOfOwn(headers), headers.size()).stream()
                .filter(DeadLetter::isNamedAsOwn)
                .toList();
    }

    /** The headers that the event came with, and what was added as the letter was sent, such as a trace. */
    public List<Header> eventHeaders() {
        var headers = List.of(letter.headers().toArray());
        var begin = beginOfOwn(headers);
        return Stream.concat(
                        headers.subList(0, begin).stream(),
                        headers.subList(begin, headers.size()).stream().filter(header -> !isNamedAsOwn(header)))
                .toList();
    }

    private static int beginOfOwn(List<Header> headers) {
        for (var i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(REASON)) {
                return i;
            }
        }
        return headers.size();
    }

    private static boolean isNamedAsOwn(Header header) {
        return header.key().startsWith(PREFIX);
    }

    /** The headers to replay the event with: its own, and how often it was replayed, which takes the count's place. */
    public List<Header> headersOfReplay() {
        var headers = new ArrayList<>(eventHeaders());
        var count = headers.stream().map(Header::key).toList().lastIndexOf(REPLAYS);
        if (count >= 0) {
            headers.remove(count);
        }
        headers.add(new RecordHeader(REPLAYS, String.valueOf(replays() + 1).getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    public static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
