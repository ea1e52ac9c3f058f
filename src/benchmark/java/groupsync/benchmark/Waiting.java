package groupsync.benchmark;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what takes its time. */
final class Waiting {

    private Waiting() {}

    /** Waits until it is so; fails with these words if it is not in time. */
    static void until(Duration longest, String problem, Callable<Boolean> condition) {
        var deadline = System.nanoTime() + longest.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(problem + " within " + longest.toSeconds() + " s");
                }
                Thread.sleep(20);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(problem, e);
        } catch (Exception e) {
            throw new IllegalStateException(problem, e);
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
