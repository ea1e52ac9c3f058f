package groupsync.zoom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret, read at each use, so that one in a file can be rotated without a restart. */
@FunctionalInterface
public interface Secret {

    /**
     * The secret as it is now.
     *
     * @throws IOException if it cannot be read; the message names the file and not the secret
     */
    String read() throws IOException;

    /**
     * The secret, for a request to Zoom.
     *
     * @throws NoReplyException if it cannot be read; no request can be sent
     */
    default String known() throws NoReplyException {
        try {
            return read();
        } catch (IOException e) {
            throw new NoReplyException(ZoomReply.none(Verdict.CREDENTIALS_REFUSED, "a secret cannot be read: " + e));
        }
    }

    static Secret of(String value) {
        return () -> value;
    }

    /** The text of a file as Docker and Kubernetes mount it, without the blanks and line ends around it. */
    static Secret in(Path file) {
        return () -> {
            var text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException(file + " is empty");
            }
            return text;
        };
    }
}
