package groupsync.kafka;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Continues a route on the thread that calls: after an outcome, on that of Kafka's callback, instead of waking up another
 * thread for each. It is only for a route whose rest is short and publishes nothing, since no record is sent meanwhile.
 */
public final class CallbackThread extends AbstractExecutorService {

    @Override
    public void execute(Runnable rest) {
        rest.run();
    }

    /** It has no thread to shut down. */
    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
