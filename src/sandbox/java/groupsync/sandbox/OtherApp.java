package groupsync.sandbox;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Another app of the account, whose requests come at random times: a Poisson process. */
final class OtherApp {

    private final double perSecond;
    private final Random random;
    private long next;

    /**
     * @param perSecond requests on average
     * @param now in nanoseconds of {@link System#nanoTime()}
     */
    OtherApp(double perSecond, Random random, long now) {
        this.perSecond = perSecond;
        this.random = random;
        this.next = now + untilNext();
    }

    private long untilNext() {
        return (long) (-Math.log(1 - random.nextDouble()) / perSecond * TimeUnit.SECONDS.toNanos(1));
    }

    /** Whether it has sent its next request by now. */
    boolean hasSentBy(long now) {
        return next - now <= 0;
    }

    /** When it sent its next request. */
    long take() {
        var sent = next;
        next += untilNext();
        return sent;
    }
}
