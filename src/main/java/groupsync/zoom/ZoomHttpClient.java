package groupsync.zoom;

import groupsync.delivery.AccountThrottler;
import groupsync.event.Trace;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;

/**
 * What every request to Zoom has in common. The token is added here, below Camel, so that it is in no exchange and
 * can reach no topic and no log.
 */
public final class ZoomHttpClient implements HttpClientConfigurer, ExecChainHandler {

    private final AccessTokens tokens;
    private final AccountThrottler throttler;
    private final ZoomProxy proxy;
    private final Duration longest;
    private final int longestAnswer;

    /**
     * A client without a state of its own.
     *
     * @param proxy if there is one on the way
     * @param throttler is told when a request is on its way, and when its answer begins
     * @param longest how long a request may take in all, the wait for a token included
     */
    public ZoomHttpClient(AccessTokens tokens, AccountThrottler throttler, ZoomProxy proxy, Duration longest) {
        this(tokens, throttler, proxy, longest, TotalTimeout.LONGEST_ANSWER);
    }

    /** @param longestAnswer in bytes; of anything longer this is what is read */
    public ZoomHttpClient(
            AccessTokens tokens, AccountThrottler throttler, ZoomProxy proxy, Duration longest, int longestAnswer) {
        this.tokens = tokens;
        this.throttler = throttler;
        this.proxy = proxy;
        this.longest = longest;
        this.longestAnswer = longestAnswer;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        proxy.configure(builder);
        IdleConnections.configure(builder);
        // A token goes nowhere but to zoom.api-url.
        builder.disableRedirectHandling();
        // Each request that goes out passes here, also one that is sent again because the proxy asked for a password.
        builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "token", this);
        builder.addExecInterceptorFirst("total-timeout", new TotalTimeout(longest, longestAnswer));
        builder.addExecInterceptorAfter(ChainElement.CONNECT.name(), "sent", (request, scope, chain) -> {
            // A probe, or a list of groups, does not wait for the throttler.
            if (!Method.PATCH.isSame(request.getMethod())) {
                return chain.proceed(request, scope);
            }
            var onItsWay = throttler.sent();
            try {
                return chain.proceed(request, scope);
            } finally {
                onItsWay.ends();
            }
        });
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        request.setHeader("Authorization", "Bearer " + tokens.current());
        // Without it, Zoom answers some errors in XML.
        request.setHeader("Accept", "application/json");
        // With the OpenTelemetry agent, this is where it has come to in the trace.
        Trace.write(Context.current(), request, (sent, name, value) -> {
            if (sent != null) {
                sent.setHeader(name, value);
            }
        });
        return chain.proceed(request, scope);
    }
}
