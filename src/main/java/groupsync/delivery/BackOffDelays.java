package groupsync.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The delays after replies with status 429 to which a slower {@link Pace} is no answer: longer after each one in a row. */
final class BackOffDelays {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private final Duration longest;
    private int inARow;

    BackOffDelays(Duration longest) {
        this.longest = longest;
    }

    /** The next delay; up to 30% longer by chance, so that instances do not all come back at the same time. */
    Duration next() {
        var delay = SHORTEST.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS));
        delay = delay.compareTo(longest) > 0 ? longest : delay;
        inARow++;
        return Duration.ofMillis(
                (long) (delay.toMillis() * ThreadLocalRandom.current().nextDouble(1.0, 1.3)));
    }

    /** Zoom has taken a request. */
    void reset() {
        inARow = 0;
    }
}
