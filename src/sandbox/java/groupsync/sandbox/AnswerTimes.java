package groupsync.sandbox;

import java.time.Duration;
import java.util.function.Supplier;

/** When the stand-in answers: after the latency, and not within a stall. No thread waits meanwhile. */
final class AnswerTimes {

    volatile Supplier<Duration> latency = Latencies.constant(Duration.ZERO);

    private volatile long stalledUntil = System.nanoTime();

    /** Holds all answers that are due within this time from now on until it ends. */
    void stall(Duration time) {
        stalledUntil = System.nanoTime() + time.toNanos();
    }

    /** Runs the answer when it is due, in this thread if that is now. */
    void await(StandInServer server, Runnable answer) {
        after(latency.get().toNanos(), server, () -> afterTheStall(server, answer));
    }

    private void afterTheStall(StandInServer server, Runnable answer) {
        after(stalledUntil - System.nanoTime(), server, answer);
    }

    private static void after(long nanos, StandInServer server, Runnable task) {
        if (nanos > 0) {
            server.schedule(nanos, task);
        } else {
            task.run();
        }
    }
}
