package groupsync.zoom;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the replies of Zoom's IM groups API, by the {@link ReplyTable} of that API. */
public final class ZoomReplyReader {

    private ZoomReplyReader() {}

    /** Reads the reply to a PATCH of a group, which succeeds only with 204; and the refusal of any other request. */
    public static ZoomReply read(ZoomResponse response) {
        var message = response.status() == 204 ? null : response.message();
        var verdict = ReplyTable.verdict(response, message == null ? "" : message);
        return new ZoomReply(
                verdict,
                response.status(),
                response.code().orElse(null),
                message,
                response.trackingId().orElse(null),
                retryAfter(verdict, response));
    }

    /** Reads the reply to a GET of a group, which changes nothing and shows whether Zoom answers. */
    static ZoomReply readProbe(ZoomResponse response) {
        return response.status() == 200 && response.json().path("id").isTextual()
                ? new ZoomReply(
                        Verdict.FOUND, 200, null, null, response.trackingId().orElse(null), null)
                : read(response);
    }

    private static @Nullable Duration retryAfter(Verdict verdict, ZoomResponse response) {
        return switch (verdict) {
            case DAILY_LIMIT_SPENT ->
                response.retryAfter().orElseGet(() -> RateLimit.untilNextDay(response.received()));
            case TOO_MANY_REQUESTS, UNAVAILABLE -> response.retryAfter().orElse(null);
            default -> null;
        };
    }
}
