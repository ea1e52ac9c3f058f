package groupsync.zoom;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access token of all requests: fetched once for all of them, renewed before it expires, and fetched anew when
 * Zoom refuses it. A new token may invalidate the one before, so there is one fetch at a time.
 */
public final class AccessTokens {

    /** A request must reach Zoom while its token lives: a tenth of the lifetime, and at most a minute, is kept free. */
    private static final int SHARE_KEPT_FREE = 10;

    private static final Duration MOST_KEPT_FREE = Duration.ofMinutes(1);

    /** Whoever waited for a fetch that failed is told so, instead of failing at it once more. */
    private static final Duration FAILURE_HOLDS = Duration.ofMillis(400);

    /** What a header can hold as one word: a line break in a token would make another header of it. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final Source source;
    private final Clock clock;
    private @Nullable Token token;
    private @Nullable ZoomReply failure;
    private Instant failed = Instant.MIN;
    /** The one before, which requests under way may still carry. */
    private @Nullable Token former;

    public AccessTokens(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * A token that lives, fetched now if there is none.
     *
     * @throws NoReplyException if no token is to be had
     */
    synchronized String current() throws NoReplyException {
        var now = clock.instant();
        if (token == null || !now.isBefore(token.renewal)) {
            var fetched = fetch(now);
            var free = fetched.lifetime().dividedBy(SHARE_KEPT_FREE);
            free = free.compareTo(MOST_KEPT_FREE) > 0 ? MOST_KEPT_FREE : free;
            former = token == null ? former : token;
            token = new Token(
                    fetched.value(),
                    clock.instant(),
                    now.plus(fetched.lifetime()).minus(free));
        }
        return token.value;
    }

    private Fetched fetch(Instant now) throws NoReplyException {
        var known = failure;
        if (known != null && now.isBefore(failed.plus(FAILURE_HOLDS))) {
            throw new NoReplyException(known);
        }
        try {
            var fetched = source.fetch();
            if (!isToken(fetched.value())) {
                throw new NoReplyException(new ZoomReply(
                        Verdict.CREDENTIALS_REFUSED,
                        null,
                        null,
                        "the access token has a character that no token has, such as a blank or a line break",
                        null,
                        null));
            }
            failure = null;
            return fetched;
        } catch (NoReplyException e) {
            failure = e.reply();
            failed = clock.instant();
            throw e;
        }
    }

    static boolean isToken(String value) {
        return TOKEN.matcher(value).matches();
    }

    /** Makes sure of a living token before a request is counted as an attempt. */
    public void renewIfDue() throws NoReplyException {
        current();
    }

    /**
     * Zoom refused the token of a request. Unless another request has already brought a newer one, the next
     * request fetches it.
     *
     * @param sent when that request was begun
     */
    public synchronized void refused(Instant sent) {
        if (token != null && !token.fetched.isAfter(sent)) {
            former = token;
            token = null;
        }
    }

    /** The answer without the token, should Zoom or something before it have sent it back. */
    public synchronized ZoomReply redacted(ZoomReply reply) {
        var redacted = token == null ? reply : reply.without(token.value);
        return former == null ? redacted : redacted.without(former.value);
    }

    /** Where tokens come from. */
    @FunctionalInterface
    public interface Source {
        Fetched fetch() throws NoReplyException;
    }

    /** A new token, and how long it lives. */
    public record Fetched(String value, Duration lifetime) {
        @Override
        public String toString() {
            return "a token that lives " + lifetime;
        }
    }

    private record Token(String value, Instant fetched, Instant renewal) {}
}
