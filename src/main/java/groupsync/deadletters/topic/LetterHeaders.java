package groupsync.deadletters.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers of a dead letter.
 *
 * @param ofEvent the headers that the event came with, and any that was added as the letter was sent, such as a trace
 * @param own the headers that say why the event was refused
 */
public record LetterHeaders(List<Header> ofEvent, List<Header> own) {

    /** Begins the name of each header of its own. */
    public static final String PREFIX = "dead-letter-";

    private static final String REPLAYS = PREFIX + "replays";

    /** The last {@code dead-letter-reason} is the first of its own: an earlier header came with the event, whatever its name. */
    static LetterHeaders of(Headers headers) {
        var ofEvent = new ArrayList<Header>();
        var own = new ArrayList<Header>();
        var all = List.of(headers.toArray());
        var begin = lastIndexOf(PREFIX + "reason", all);
        for (var i = 0; i < all.size(); i++) {
            var isOwn = begin >= 0 && i >= begin && all.get(i).key().startsWith(PREFIX);
            (isOwn ? own : ofEvent).add(all.get(i));
        }
        return new LetterHeaders(ofEvent, own);
    }

    private static int lastIndexOf(String name, List<Header> headers) {
        return headers.stream().map(Header::key).toList().lastIndexOf(name);
    }

    /** The text of an own header, named without its prefix; of several headers of one name, the last. */
    Optional<String> detail(String name) {
        return own.stream()
                .filter(header -> header.key().equals(PREFIX + name) && header.value() != null)
                .reduce((earlier, later) -> later)
                .map(LetterHeaders::text);
    }

    /** The headers of the event's replay: its own, and the count of replays in place of an earlier count. */
    List<Header> ofReplay(int count) {
        var headers = new ArrayList<>(ofEvent);
        var earlier = lastIndexOf(REPLAYS, headers);
        if (earlier >= 0) {
            headers.remove(earlier);
        }
        headers.add(new RecordHeader(REPLAYS, String.valueOf(count).getBytes(UTF_8)));
        return headers;
    }

    /** The value as text; empty if there is none. */
    public static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
