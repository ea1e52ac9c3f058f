package groupsync.zoom;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access token of all requests: fetched once for all of them, renewed before it expires, and fetched anew when
 * Zoom refuses it. A new token may invalidate the one before, so there is one fetch at a time.
 */
public final class AccessTokens {

    /** A token is renewed this share of its lifetime, and at most a minute, before it expires: requests take time. */
    private static final int SHARE_KEPT_FREE = 10;

    private static final Duration MOST_KEPT_FREE = Duration.ofMinutes(1);

    /** A thread that waited for a fetch gets its failure, instead of a fetch that fails likewise. */
    private static final Duration FAILURE_HOLDS = Duration.ofMillis(400);

    private final TokenSource source;
    private final Clock steady;
    private @Nullable Current token;
    private @Nullable ZoomReply failure;
    private Instant failed = Instant.MIN;
    /** The token before, which requests under way may still carry. */
    private @Nullable String former;

    /** @param steady a clock that is never set */
    public AccessTokens(TokenSource source, Clock steady) {
        this.source = source;
        this.steady = steady;
    }

    /**
     * A token that is not expired, fetched now if there is none.
     *
     * @throws NoReplyException if the fetch fails
     */
    synchronized String current() throws NoReplyException {
        var now = steady.instant();
        if (token == null || !now.isBefore(token.renewal)) {
            var fetched = fetch(now);
            discard();
            token = new Current(fetched.value(), steady.instant(), now.plus(timeOfUse(fetched.lifetime())));
        }
        return token.value;
    }

    private static Duration timeOfUse(Duration lifetime) {
        var free = lifetime.dividedBy(SHARE_KEPT_FREE);
        return lifetime.minus(free.compareTo(MOST_KEPT_FREE) > 0 ? MOST_KEPT_FREE : free);
    }

    private AccessToken fetch(Instant now) throws NoReplyException {
        if (failure != null && now.isBefore(failed.plus(FAILURE_HOLDS))) {
            throw new NoReplyException(failure);
        }
        try {
            var fetched = source.fetch();
            if (!AccessToken.isToken(fetched.value())) {
                throw new NoReplyException(ZoomReply.none(
                        Verdict.CREDENTIALS_REFUSED,
                        "the access token has a character that no token has, such as a blank or a line break"));
            }
            failure = null;
            return fetched;
        } catch (NoReplyException e) {
            failure = e.reply();
            failed = steady.instant();
            throw e;
        }
    }

    /** Makes sure that there is a token before a request counts as an attempt. */
    public void renewIfDue() throws NoReplyException {
        current();
    }

    /**
     * Zoom refused the token of a request. Unless another request has already brought a newer one, the next request
     * fetches it.
     *
     * @param begun when the refused request was begun
     */
    synchronized void refused(Instant begun) {
        if (token != null && !token.fetched.isAfter(begun)) {
            discard();
        }
    }

    private void discard() {
        if (token != null) {
            former = token.value;
            token = null;
        }
    }

    /** The reply without the token, in case that Zoom or a proxy has sent it back. */
    synchronized ZoomReply redacted(ZoomReply reply) {
        var redacted = token == null ? reply : Redaction.of(reply, token.value);
        return former == null ? redacted : Redaction.of(redacted, former);
    }

    private record Current(String value, Instant fetched, Instant renewal) {}
}
