package groupsync.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build, as in the pom. The build writes it into a resource, so that it is known without a jar too. */
public final class Version {

    /** Such as {@code 1.0.0}. */
    public static final String CURRENT = read();

    /**
     * The product in a {@code User-Agent} (<a href="https://www.rfc-editor.org/rfc/rfc9110#name-user-agent">RFC 9110</a>).
     * It names neither Java nor the system, which Zoom does not need.
     */
    public static final String USER_AGENT = "zoom-group-sync/" + CURRENT;

    private Version() {}

    private static String read() {
        try (var resource = Version.class.getResourceAsStream("version.txt")) {
            if (resource == null) {
                throw new IllegalStateException("version.txt is not in this build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
