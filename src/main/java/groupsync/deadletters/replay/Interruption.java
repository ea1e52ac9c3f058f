package groupsync.deadletters.replay;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the process is told to stop (Ctrl-C, SIGTERM), what is under way is finished first. */
public final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile boolean requested;

    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        requested = true;
        try {
            var unused = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRequested() {
        return requested;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends at this moment.
            }
        }
    }
}
