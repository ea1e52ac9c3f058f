package groupsync.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens by Zoom's <a href="https://developers.zoom.us/docs/internal-apps/s2s-oauth/">Server-to-Server
 * OAuth</a>, whose grant type {@code account_credentials} is Zoom's own.
 */
public final class OAuthTokens implements AccessTokens.Source {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final int LONGEST_REPLY = 65_536;

    private final URI endpoint;
    private final ZoomTls tls;
    private final String accountId;
    private final String clientId;
    private final Secret clientSecret;
    private final Duration timeout;

    /**
     * @param clientSecret is read for each fetch
     * @param timeout for a fetch in all
     */
    public OAuthTokens(
            URI endpoint, ZoomTls tls, String accountId, String clientId, Secret clientSecret, Duration timeout) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.accountId = accountId;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.timeout = timeout;
    }

    @Override
    public AccessTokens.Fetched fetch() throws NotAppliedException {
        var secret = clientSecret.known();
        var wait = Timeout.of(timeout);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(wait)
                        .setSocketTimeout(wait)
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls.context()))
                .build();
        // A client for each fetch: there is one an hour, and no idle connection to go stale in between.
        try (var client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(wait)
                        .setRedirectsEnabled(false)
                        .build())
                .addExecInterceptorFirst("total-timeout", new TotalTimeout(timeout))
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build()) {
            var request = new HttpPost(endpoint);
            request.setHeader("Authorization", basic(secret));
            request.setHeader("Accept", "application/json");
            request.setEntity(new UrlEncodedFormEntity(List.of(
                    new BasicNameValuePair("grant_type", "account_credentials"),
                    new BasicNameValuePair("account_id", accountId))));
            return client.execute(request, OAuthTokens::token);
        } catch (NotAppliedException e) {
            throw e;
        } catch (IOException e) {
            throw new NotAppliedException(
                    ZoomReply.none(Verdict.TOKEN_UNAVAILABLE, "no token from " + endpoint + ": ", e));
        }
    }

    /** HTTP Basic (RFC 7617), as Zoom wants it. */
    private String basic(String secret) {
        return "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static AccessTokens.Fetched token(ClassicHttpResponse response) throws IOException {
        var status = response.getCode();
        var json = json(response.getEntity());
        var token = json.path("access_token").asText();
        if (status == 200 && !token.isEmpty()) {
            var seconds = json.path("expires_in").asLong();
            return new AccessTokens.Fetched(token, seconds > 0 ? Duration.ofSeconds(seconds) : DEFAULT_LIFETIME);
        }
        var refused = status == 401 || (status == 400 && json.has("error"));
        var reason = json.path("reason").asText(json.path("error").asText("no token in the answer"));
        throw new NotAppliedException(new ZoomReply(
                refused ? Verdict.CREDENTIALS_REFUSED : Verdict.TOKEN_UNAVAILABLE,
                status,
                null,
                "token endpoint: " + (reason.length() > 200 ? reason.substring(0, 200) : reason),
                null,
                null));
    }

    private static JsonNode json(@Nullable HttpEntity entity) throws IOException {
        try {
            var text = entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8, LONGEST_REPLY);
            var json = JSON.readTree(text == null ? "" : text);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException | ParseException e) {
            return MissingNode.getInstance();
        }
    }
}
