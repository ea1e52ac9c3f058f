package groupsync.zoom;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the reply to one kind of request. */
@FunctionalInterface
public interface ReplyReader {

    /**
     * Finds out what a reply means.
     *
     * @param header gives the value of a header by its name, in any case
     * @param now the time of day, for times in the reply
     */
    ZoomReply read(int status, Function<String, @Nullable String> header, byte[] body, Instant now);
}
