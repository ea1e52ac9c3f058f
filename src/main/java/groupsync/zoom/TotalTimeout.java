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
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Ends a request whose response is not complete in time; the client's own time-outs start again with each byte. */
final class TotalTimeout implements ExecChainHandler {

    /** In bytes; no response to a PATCH comes near it. */
    static final int LONGEST_ANSWER = 65_536;
    /** In bytes: the list of some 30,000 groups. */
    static final int LONGEST_LIST = 8_388_608;

    private static final ScheduledExecutorService DEADLINES = deadlines();

    private final Duration longest;

    TotalTimeout(Duration longest) {
        this.longest = longest;
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
            return read(chain.proceed(request, scope), scope, longestAnswer(request));
        } catch (NoReplyException e) {
            throw e;
        } catch (IOException | HttpException | RuntimeException e) {
            // A cancelled client throws not only IOExceptions, depending on its current step.
            if (late.get()) {
                throw (IOException)
                        new SocketTimeoutException("no whole answer within " + longest.toMillis() + " ms").initCause(e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static int longestAnswer(ClassicHttpRequest request) {
        return Method.GET.isSame(request.getMethod()) ? LONGEST_LIST : LONGEST_ANSWER;
    }

    /** Reads only the beginning of a longer response. */
    private static ClassicHttpResponse read(ClassicHttpResponse response, ExecChain.Scope scope, int longestAnswer)
            throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            var content = entity.getContent();
            var head = content.readNBytes(longestAnswer);
            if (head.length == longestAnswer) {
                // The rest may be endless: close the connection instead of reading it.
                scope.execRuntime.discardEndpoint();
            } else {
                content.close();
            }
            // Without a content type: that of the header may be malformed.
            response.setEntity(new ByteArrayEntity(head, null));
        }
        return response;
    }
}
