package groupsync.deadletters.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** No more than so many a second, evenly. */
public final class Pace {

    private final long intervalNanos;
    private long next = System.nanoTime();

    public Pace(int perSecond) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void awaitTurn() {
        for (var left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        next = System.nanoTime() + intervalNanos;
    }
}
