package groupsync.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Zoom's token endpoint, and the access tokens that it has issued. */
final class TokenEndpoint {

    static final String PATH = "/oauth/token";

    private static final String SCOPES =
            "imgroup:write:admin imgroup:read:admin contact_group:write:admin contact_group:read:admin";

    final AtomicInteger requests = new AtomicInteger();
    /** The reply to each request; {@code null} for Zoom's own. */
    volatile @Nullable StandInReply scripted;

    volatile Duration lifetime = Duration.ofHours(1);
    volatile String secret = ZoomStandIn.CLIENT_SECRET;

    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    StandInReply reply(@Nullable String authorization, String form) {
        requests.incrementAndGet();
        var reply = scripted;
        if (reply != null) {
            return reply;
        }
        var login = (ZoomStandIn.CLIENT_ID + ":" + secret).getBytes(StandardCharsets.UTF_8);
        var json = JsonNodeFactory.instance.objectNode();
        if (!("Basic " + Base64.getEncoder().encodeToString(login)).equals(authorization)
                || !form.contains("grant_type=account_credentials")
                || !form.contains("account_id=" + ZoomStandIn.ACCOUNT_ID)) {
            json.put("reason", "Invalid client_id or client_secret").put("error", "invalid_client");
            return StandInReply.json(400, json);
        }
        json.put("access_token", issue()).put("token_type", "bearer").put("expires_in", lifetime.toSeconds());
        json.put("scope", SCOPES).put("api_url", "https://api.zoom.us");
        return StandInReply.json(200, json);
    }

    String issue() {
        var token = "stand-in-token-" + UUID.randomUUID();
        expiries.put(token, Instant.now().plus(lifetime));
        return token;
    }

    void revokeAll() {
        expiries.clear();
    }

    /** Zoom's answer to a request without a valid token. */
    StandInReply.@Nullable Answer refusal(@Nullable String authorization) {
        var token = authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
        var expiry = expiries.get(token);
        if (expiry == null) {
            return StandInReply.zoom(401, 124, "Invalid access token.");
        }
        return Instant.now().isAfter(expiry) ? StandInReply.zoom(401, 124, "Access token is expired.") : null;
    }
}
