package groupsync.zoom;

import groupsync.event.Trace;
import groupsync.release.Version;
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

/**
 * The HTTP client of all requests to Zoom's API. It adds the token below Camel, so that no exchange, and thus no topic
 * and no log, has it.
 */
public final class ZoomHttpClient implements HttpClientConfigurer, ExecChainHandler {

    private final AccessTokens tokens;
    private final Supplier<RequestInFlight> sent;
    private final ZoomProxy proxy;
    private final Duration longest;

    /**
     * A client without a state of its own.
     *
     * @param sent called for each request of an update when it is written
     * @param longest time of a whole request, the fetch of a token included
     */
    public ZoomHttpClient(AccessTokens tokens, Supplier<RequestInFlight> sent, ZoomProxy proxy, Duration longest) {
        this.tokens = tokens;
        this.sent = sent;
        this.proxy = proxy;
        this.longest = longest;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent(Version.USER_AGENT);
        proxy.configure(builder);
        IdleConnections.configure(builder);
        // Only zoom.api-url gets the token.
        builder.disableRedirectHandling();
        // Also for a request that is sent again because the proxy asked for a password.
        builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "token", this);
        builder.addExecInterceptorFirst("total-timeout", new TotalTimeout(longest));
        builder.addExecInterceptorAfter(ChainElement.CONNECT.name(), "sent", (request, scope, chain) -> {
            // The throttler counts neither probes nor lists of groups.
            if (!ZoomRequest.isOfUpdate(request)) {
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
        // With the OpenTelemetry agent, the current span is that of this request.
        Trace.write(Context.current(), request, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.setHeader(name, value);
            }
        });
        return chain.proceed(request, scope);
    }
}
