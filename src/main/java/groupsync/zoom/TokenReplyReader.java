package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.event.Excerpt;
import java.time.Duration;
import java.util.List;

/** Reads the reply of the token endpoint. */
final class TokenReplyReader {

    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    /** Zoom's tokens live for an hour; a longer life is a mistake, and a refused token is renewed in any case. */
    private static final long LONGEST_LIFETIME_SECONDS = 86_400;

    private static final int LONGEST_WORDS = 200;

    private TokenReplyReader() {}

    /**
     * The token in a response.
     *
     * @param secrets of the request, which a proxy may quote
     * @throws NoReplyException if the response has no token
     */
    static AccessToken read(ZoomResponse response, List<String> secrets) throws NoReplyException {
        var status = response.status();
        var json = response.json();
        var token = json.path("access_token");
        if (status == 200 && token.isTextual() && AccessToken.isToken(token.textValue())) {
            return new AccessToken(token.textValue(), lifetime(json.path("expires_in")));
        }
        var refused = status == 401 || (status == 400 && json.has("error"));
        throw new NoReplyException(new ZoomReply(
                refused ? Verdict.CREDENTIALS_REFUSED : Verdict.TOKEN_UNAVAILABLE,
                status,
                null,
                "token endpoint: " + words(json, secrets),
                null,
                response.retryAfter().orElse(null)));
    }

    private static Duration lifetime(JsonNode seconds) {
        var lifetime = Math.min(seconds.asLong(), LONGEST_LIFETIME_SECONDS);
        return lifetime > 0 ? Duration.ofSeconds(lifetime) : DEFAULT_LIFETIME;
    }

    private static String words(JsonNode json, List<String> secrets) {
        var words = json.path("reason").asText(json.path("error").asText("no token in the answer"));
        for (var secret : secrets) {
            words = words.replace(secret, "…");
        }
        return Excerpt.onOneLine(words, LONGEST_WORDS);
    }
}
