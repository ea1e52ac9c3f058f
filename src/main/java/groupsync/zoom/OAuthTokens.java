package groupsync.zoom;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.message.BasicNameValuePair;

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
                    request,
                    response -> TokenReplyReader.read(
                            DirectHttp.response(response, timeOfDay.instant()), List.of(basic, secret)));
        } catch (NoReplyException e) {
            throw e;
        } catch (IOException e) {
            throw new NoReplyException(
                    ZoomReply.failed(Verdict.TOKEN_UNAVAILABLE, "no token from " + endpoint + ": ", e));
        }
    }

    private CloseableHttpClient client() {
        var builder = DirectHttp.client(tls, timeout);
        proxy.configure(builder);
        return builder.addExecInterceptorFirst("total-timeout", new TotalTimeout(timeout))
                .disableRedirectHandling()
                .build();
    }
}
