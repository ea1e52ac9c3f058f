package groupsync.zoom;

import groupsync.event.Trace;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
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
    private final Supplier<RequestInFlight> sent;
    private final ZoomProxy proxy;
    private final Duration longest;

    /**
     * A client without a state of its own.
     *
     * @param proxy if there is one on the way
     * @param sent called for each PATCH when it is written
     * @param longest how long a request may take in all, the wait for a token included
     */
    public ZoomHttpClient(AccessTokens tokens, Supplier<RequestInFlight> sent, ZoomProxy proxy, Duration longest) {
        this.tokens = tokens;
        this.sent = sent;
        this.proxy = proxy;
        this.longest = longest;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        proxy.configure(builder);
        IdleConnections.configure(builder);
        // A token goes nowhere but to zoom.api-url.
        builder.disableRedirectHandling();
        // Each request that goes out passes here, also one that is sent again because the proxy asked for a password.
        builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "token", this);
        builder.addExecInterceptorFirst("total-timeout", new TotalTimeout(longest));
        builder.addExecInterceptorAfter(ChainElement.CONNECT.name(), "sent", (request, scope, chain) -> {
            // A probe, or a list of groups, does not wait for the throttler.
            if (!Method.PATCH.isSame(request.getMethod())) {
                return chain.proceed(request, scope);
            }
            var inFlight = sent.get();
            try {
                return chain.proceed(request, scope);
            } finally {
                inFlight.answered();
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
        Trace.write(Context.current(), request, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.setHeader(name, value);
            }
        });
        return chain.proceed(request, scope);
    }
}
