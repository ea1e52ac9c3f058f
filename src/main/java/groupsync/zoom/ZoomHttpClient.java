package groupsync.zoom;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * What every request to Zoom has in common. The token is added here, below Camel, so that it is in no exchange and
 * can reach no topic and no log.
 */
public final class ZoomHttpClient implements HttpClientConfigurer, ExecChainHandler {

    /** No answer of Zoom comes near this many bytes; of anything longer this is what is read. */
    private static final int LONGEST_ANSWER = 65_536;

    private final AccessTokens tokens;
    private final Duration longest;
    private final ScheduledExecutorService deadlines;

    /** @param longest how long a request may take in all; the client's own time-outs begin anew with each byte */
    public ZoomHttpClient(AccessTokens tokens, Duration longest) {
        this.tokens = tokens;
        this.longest = longest;
        var timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "zoom-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        deadlines = timer;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("zoom", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        request.setHeader("Authorization", "Bearer " + tokens.current());
        // Without it, Zoom answers some errors in XML.
        request.setHeader("Accept", "application/json");
        var deadline = deadlines.schedule(
                () -> scope.originalRequest instanceof Cancellable late && late.cancel(),
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return read(chain.proceed(request, scope), scope);
        } catch (IOException e) {
            throw deadline.isDone()
                    ? new SocketTimeoutException("no whole answer within " + longest.toMillis() + " ms")
                    : e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static ClassicHttpResponse read(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        var entity = response.getEntity();
        if (entity != null) {
            var content = entity.getContent();
            var head = content.readNBytes(LONGEST_ANSWER);
            if (head.length == LONGEST_ANSWER) {
                // The rest may be endless; the connection goes with it.
                scope.execRuntime.discardEndpoint();
            } else {
                content.close();
            }
            response.setEntity(new ByteArrayEntity(head, ContentType.parseLenient(entity.getContentType())));
        }
        return response;
    }
}
