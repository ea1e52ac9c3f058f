package groupsync.zoom;

import groupsync.event.UpdateInHand;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests through one by one and evenly, so that Zoom sees no more of them in any second than it allows.
 *
 * <p>Camel's Throttler lets a second's worth through at once after a rest, and nobody who waits in it can be called
 * back: at one request a second, a stop would have to wait for all of them.
 */
public final class Throttler {

    /** Asks whether the request should still be sent, and throws if not. */
    @FunctionalInterface
    public interface Check {
        void mayBeSent(UpdateInHand update) throws Exception;
    }

    /** How long somebody may wait in vain. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Requests reach Zoom a little closer together than they were sent, or further apart. */
    private static final double MARGIN = 1.02;

    private final long intervalNanos;
    private final Check check;
    /** Fair: in the order in which they came. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private long next = System.nanoTime();

    /** @param requestsPerSecond 0 for no limit */
    public Throttler(int requestsPerSecond, Check check) {
        this.intervalNanos =
                requestsPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) * MARGIN / requestsPerSecond);
        this.check = check;
    }

    /** Waits until it is this request's turn, and asks until then whether it should still be sent. */
    public void await(UpdateInHand update) throws Exception {
        if (intervalNanos > 0) {
            while (!turn.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
                check.mayBeSent(update);
            }
            try {
                for (var left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                    check.mayBeSent(update);
                    LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
                }
                check.mayBeSent(update);
                next = System.nanoTime() + intervalNanos;
            } finally {
                turn.unlock();
            }
        } else {
            check.mayBeSent(update);
        }
    }
}
