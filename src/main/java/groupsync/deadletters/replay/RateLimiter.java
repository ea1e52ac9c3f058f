package groupsync.deadletters.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spreads letters evenly over each second. */
final class RateLimiter {

    private final long intervalNanos;
    private long next = System.nanoTime();

    RateLimiter(int perSecond) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void acquire() {
        for (var left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        next = System.nanoTime() + intervalNanos;
    }
}
