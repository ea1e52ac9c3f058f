package groupsync.zoom;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;

/**
 * Limits which idle connections of a client are used again. A firewall, a NAT or a load balancer drops a connection
 * silently: a request on it has no response, nor has the next request, on the next connection of the pool.
 */
final class IdleConnections implements ExecChainHandler {

    /** Firewalls and the like drop a connection after a minute of silence at the earliest. */
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

    private final ConnPoolControl<?> pool;

    private IdleConnections(ConnPoolControl<?> pool) {
        this.pool = pool;
    }

    static void configure(HttpClientBuilder builder) {
        builder.setKeepAliveStrategy(IdleConnections::longest);
        if (builder.getConnManager() instanceof ConnPoolControl<?> pool) {
            builder.addExecInterceptorFirst("idle-connections", new IdleConnections(pool));
        }
    }

    /** The time that the server names, but no more than is safe. */
    static TimeValue longest(HttpResponse response, HttpContext context) {
        var named = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        return TimeValue.isPositive(named) && named.compareTo(LONGEST_IDLE) < 0 ? named : LONGEST_IDLE;
    }

    /** After a request without a response, the next request opens a new connection: any idle one may be dropped too. */
    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (NoReplyException e) {
            // The request was not sent.
            throw e;
        } catch (IOException | RuntimeException e) {
            pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
            throw e;
        }
    }
}
