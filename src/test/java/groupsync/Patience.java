package groupsync;

import java.time.Duration;
import org.awaitility.Awaitility;

/** How long a test waits for a cause: longer than a busy machine needs. */
public final class Patience {

    public static final Duration LONGEST = Duration.ofMinutes(3);

    private Patience() {}

    /** For each {@code await()} that names no time of its own. */
    static void isTheDefault() {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
