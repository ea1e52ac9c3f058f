package groupsync.zoom;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy on the way to Zoom, if there is one, also for the fetch of a token. For https, it opens a tunnel
 * (CONNECT, <a href="https://www.rfc-editor.org/rfc/rfc9110#name-connect">RFC 9110, section 9.3.6</a>) and sees neither
 * token nor update.
 */
public final class ZoomProxy {

    private static final String THROUGH = "groupsync.through-the-proxy";

    private final @Nullable HttpHost proxy;
    private final Optional<String> user;
    private final Optional<Secret> password;
    private final DirectHosts directHosts;

    private ZoomProxy(
            @Nullable HttpHost proxy, Optional<String> user, Optional<Secret> password, List<String> directHosts) {
        this.proxy = proxy;
        this.user = user;
        this.password = password;
        this.directHosts = new DirectHosts(directHosts);
    }

    /** No proxy. */
    public static ZoomProxy none() {
        return new ZoomProxy(null, Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * A proxy that speaks HTTP.
     *
     * @param url with host and port
     * @param password read whenever the proxy asks for it
     * @param directHosts reached without the proxy, as are the hosts of these domains
     */
    public static ZoomProxy at(URI url, Optional<String> user, Optional<Secret> password, List<String> directHosts) {
        return new ZoomProxy(new HttpHost("http", url.getHost(), url.getPort()), user, password, directHosts);
    }

    /** Sends all requests of a client through the proxy, whose refusal becomes a {@link NoReplyException}. */
    void configure(HttpClientBuilder builder) {
        var through = proxy;
        if (through == null) {
            return;
        }
        builder.setRoutePlanner(new DefaultProxyRoutePlanner(through) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return directHosts.include(target.getHostName()) ? null : through;
            }
        });
        builder.setDefaultCredentialsProvider((scope, context) -> credentials(through, scope));
        builder.addExecInterceptorFirst("proxy", this::refuse);
        builder.addExecInterceptorAfter(ChainElement.CONNECT.name(), "through-the-proxy", (request, scope, chain) -> {
            scope.clientContext.setAttribute(THROUGH, true);
            return chain.proceed(request, scope);
        });
    }

    /** For the proxy only: another host that asks for credentials gets none. */
    private @Nullable Credentials credentials(HttpHost through, AuthScope scope) {
        if (user.isEmpty()
                || password.isEmpty()
                || !through.getHostName().equalsIgnoreCase(scope.getHost())
                || through.getPort() != scope.getPort()) {
            return null;
        }
        try {
            return new UsernamePasswordCredentials(
                    user.get(), password.get().read().toCharArray());
        } catch (IOException e) {
            // The proxy's refusal shows it.
            return null;
        }
    }

    private ClassicHttpResponse refuse(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var response = chain.proceed(request, scope);
        // A response before the tunnel is that of the proxy. Without https, any status but 407 may be Zoom's.
        var isOfProxy = scope.route.isTunnelled() && scope.clientContext.getAttribute(THROUGH) == null;
        if (isOfProxy || response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
            scope.execRuntime.discardEndpoint();
            throw new NoReplyException(ZoomReply.none(
                    Verdict.PROXY_REFUSED,
                    "the proxy " + proxy + " answers " + response.getCode() + " instead of a way to "
                            + scope.route.getTargetHost()));
        }
        return response;
    }
}
