package groupsync.zoom;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches tokens by Zoom's <a href="https://developers.zoom.us/docs/internal-apps/s2s-oauth/">Server-to-Server
 * OAuth</a>, whose grant type {@code account_credentials} is Zoom's own.
 */
public final class OAuthTokens implements TokenSource {

    private final URI endpoint;
    private final ZoomTls tls;
    private final ZoomProxy proxy;
    private final String accountId;
    private final String clientId;
    private final Secret clientSecret;
    private final Duration timeout;
    private final Clock timeOfDay;

    /**
     * A source without a state of its own.
     *
     * @param clientSecret read for each fetch
     * @param timeout of a whole fetch
     * @param timeOfDay the clock for times in a response
     */
    public OAuthTokens(
            URI endpoint,
            ZoomTls tls,
            ZoomProxy proxy,
            String accountId,
            String clientId,
            Secret clientSecret,
            Duration timeout,
            Clock timeOfDay) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.proxy = proxy;
        this.accountId = accountId;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.timeout = timeout;
        this.timeOfDay = timeOfDay;
    }

    @Override
    public AccessToken fetch() throws NoReplyException {
        var secret = clientSecret.known();
        // HTTP Basic (RFC 7617), as Zoom wants it.
        var basic = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = new HttpPost(endpoint);
        request.setHeader("Authorization", "Basic " + basic);
        request.setHeader("Accept", "application/json");
        request.setEntity(new UrlEncodedFormEntity(List.of(
                new BasicNameValuePair("grant_type", "account_credentials"),
                new BasicNameValuePair("account_id", accountId))));
        // A client for each fetch: there is one an hour, and no idle connection to go stale in between.
        try (var client = client()) {
            return client.execute(
                    request, response -> TokenReplyReader.read(response(response), List.of(basic, secret)));
        } catch (NoReplyException e) {
            throw e;
        } catch (IOException e) {
            throw new NoReplyException(
                    ZoomReply.failed(Verdict.TOKEN_UNAVAILABLE, "no token from " + endpoint + ": ", e));
        }
    }

    private CloseableHttpClient client() {
        var wait = Timeout.of(timeout);
        var builder = HttpClientBuilder.create();
        proxy.configure(builder);
        return builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(wait)
                                .setSocketTimeout(wait)
                                .build())
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls.context()))
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(wait).build())
                .addExecInterceptorFirst("total-timeout", new TotalTimeout(timeout))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    private ZoomResponse response(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        return ZoomResponse.of(
                response.getCode(),
                name -> {
                    var header = response.getFirstHeader(name);
                    return header == null ? null : header.getValue();
                },
                // As bytes: the charset that a response names may be none.
                entity == null ? new byte[0] : EntityUtils.toByteArray(entity),
                timeOfDay.instant());
    }
}
