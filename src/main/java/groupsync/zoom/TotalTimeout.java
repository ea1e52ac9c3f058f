package groupsync.zoom;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Ends a request that is not answered in whole within a time; the client's own time-outs begin anew with each byte. */
final class TotalTimeout implements ExecChainHandler {

    /** In bytes; no answer of Zoom comes near it, but the list of all groups. */
    static final int LONGEST_ANSWER = 65_536;

    private static final ScheduledExecutorService DEADLINES = deadlines();

    private final Duration longest;
    private final int longestAnswer;

    TotalTimeout(Duration longest) {
        this(longest, LONGEST_ANSWER);
    }

    /** @param longestAnswer in bytes; of anything longer this is what is read */
    TotalTimeout(Duration longest, int longestAnswer) {
        this.longest = longest;
        this.longestAnswer = longestAnswer;
    }

    private static ScheduledExecutorService deadlines() {
        var timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "zoom-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var late = new AtomicBoolean();
        var deadline = DEADLINES.schedule(
                () -> {
                    late.set(true);
                    return scope.originalRequest instanceof Cancellable running && running.cancel();
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return read(chain.proceed(request, scope), scope);
        } catch (NoReplyException e) {
            throw e;
        } catch (IOException | HttpException | RuntimeException e) {
            // A cancellation may find the client anywhere, and there it is not always an IOException.
            if (late.get()) {
                throw (IOException)
                        new SocketTimeoutException("no whole answer within " + longest.toMillis() + " ms").initCause(e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private ClassicHttpResponse read(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            var content = entity.getContent();
            var head = content.readNBytes(longestAnswer);
            if (head.length == longestAnswer) {
                // The rest may be endless; the connection goes with it.
                scope.execRuntime.discardEndpoint();
            } else {
                content.close();
            }
            // The answer's header still has its type, which need not be one.
            response.setEntity(new ByteArrayEntity(head, null));
        }
        return response;
    }
}
