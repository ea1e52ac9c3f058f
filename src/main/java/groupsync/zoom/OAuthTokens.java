package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens by Zoom's <a href="https://developers.zoom.us/docs/internal-apps/s2s-oauth/">Server-to-Server
 * OAuth</a>, whose grant type {@code account_credentials} is Zoom's own.
 */
public final class OAuthTokens implements AccessTokens.Source {

    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    /** Zoom's tokens live for an hour; a longer life is a mistake, and a refused token is renewed in any case. */
    private static final long LONGEST_LIFETIME_SECONDS = 86_400;

    private static final int LONGEST_WORDS = 200;

    private final URI endpoint;
    private final ZoomTls tls;
    private final ZoomProxy proxy;
    private final String accountId;
    private final String clientId;
    private final Secret clientSecret;
    private final Duration timeout;
    private final Clock timeOfDay;

    /**
     * @param proxy if there is one on the way
     * @param clientSecret is read for each fetch
     * @param timeout for a fetch in all
     * @param timeOfDay that times in an answer are compared with
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
    public AccessTokens.Fetched fetch() throws NoReplyException {
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
        var builder = HttpClientBuilder.create();
        proxy.configure(builder);
        try (var client = builder.setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(wait)
                        .setRedirectsEnabled(false)
                        .build())
                .addExecInterceptorFirst("total-timeout", new TotalTimeout(timeout))
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build()) {
            var request = new HttpPost(endpoint);
            var basic = basic(secret);
            request.setHeader("Authorization", "Basic " + basic);
            request.setHeader("Accept", "application/json");
            request.setEntity(new UrlEncodedFormEntity(List.of(
                    new BasicNameValuePair("grant_type", "account_credentials"),
                    new BasicNameValuePair("account_id", accountId))));
            return client.execute(request, response -> token(response, List.of(basic, secret)));
        } catch (NoReplyException e) {
            throw e;
        } catch (IOException e) {
            throw new NoReplyException(
                    ZoomReply.none(Verdict.TOKEN_UNAVAILABLE, "no token from " + endpoint + ": ", e));
        }
    }

    /** HTTP Basic (RFC 7617), as Zoom wants it. */
    private String basic(String secret) {
        return Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private AccessTokens.Fetched token(ClassicHttpResponse response, List<String> secrets) throws IOException {
        var status = response.getCode();
        var entity = response.getEntity();
        // As bytes: the charset that an answer names may be none.
        var json = ZoomReply.json(entity == null ? new byte[0] : EntityUtils.toByteArray(entity));
        var token = json.path("access_token");
        if (status == 200 && token.isTextual() && AccessTokens.isToken(token.textValue())) {
            return new AccessTokens.Fetched(token.textValue(), lifetime(json.path("expires_in")));
        }
        var refused = status == 401 || (status == 400 && json.has("error"));
        throw new NoReplyException(new ZoomReply(
                refused ? Verdict.CREDENTIALS_REFUSED : Verdict.TOKEN_UNAVAILABLE,
                status,
                null,
                "token endpoint: " + words(json, secrets),
                null,
                ZoomReply.retryAfter(name -> header(response, name), timeOfDay.instant())
                        .orElse(null)));
    }

    private static Duration lifetime(JsonNode seconds) {
        var lifetime = Math.min(seconds.asLong(), LONGEST_LIFETIME_SECONDS);
        return lifetime > 0 ? Duration.ofSeconds(lifetime) : DEFAULT_LIFETIME;
    }

    /** What the endpoint says, without the secrets: it may be a proxy that shows what it was sent. */
    private static String words(JsonNode json, List<String> secrets) {
        var words = json.path("reason").asText(json.path("error").asText("no token in the answer"));
        for (var secret : secrets) {
            words = words.replace(secret, "…");
        }
        return ZoomReply.shortly(words, LONGEST_WORDS);
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        var header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
