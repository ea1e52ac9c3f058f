package groupsync.deadletters.print;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output, and why it could not be written to: a {@link java.io.PrintWriter} keeps that to itself. */
public final class Output extends FilterOutputStream {

    private @Nullable IOException failure;

    public Output(OutputStream to) {
        super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Why some of the output is lost. A closed pipe is no reason: head(1) has read enough. */
    public Optional<String> lost() {
        return Optional.ofNullable(failure)
                .map(IOException::getMessage)
                .filter(message -> !message.toLowerCase(Locale.ROOT).contains("pipe"));
    }
}
