package groupsync;

import java.time.Duration;
import org.awaitility.Awaitility;

/** The longest time that a test waits, longer than a busy machine needs. */
public final class Patience {

    public static final Duration LONGEST = Duration.ofMinutes(3);

    private Patience() {}

    /** Sets it as the default of {@code await()}. */
    static void isTheDefault() {
        Awaitility.setDefaultTimeout(LONGEST);
    }
}
