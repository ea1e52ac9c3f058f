package groupsync.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the replies of one of Zoom's groups APIs, by the {@link ReplyTable}. */
public final class ZoomReplyReader {

    private final GroupsApi api;

    public ZoomReplyReader(GroupsApi api) {
        this.api = api;
    }

    /** Reads the reply to a PATCH of a group, which succeeds only with 204; and the refusal of any other request. */
    public ZoomReply read(ZoomResponse response) {
        var message = response.status() == 204 ? null : response.message();
        var verdict = ReplyTable.verdict(response, message == null ? "" : message, api);
        return new ZoomReply(
                verdict,
                response.status(),
                response.code().orElse(null),
                message,
                response.trackingId().orElse(null),
                retryAfter(verdict, response));
    }

    /** Reads the reply to a GET of a group, which changes nothing and shows whether Zoom answers. */
    ZoomReply readProbe(ZoomResponse response) {
        return response.status() == 200 && isGroup(response.json())
                ? new ZoomReply(
                        Verdict.FOUND, 200, null, null, response.trackingId().orElse(null), null)
                : read(response);
    }

    /** Reads the reply to a GET of a group, with the settings of the group. */
    ZoomReply readGroup(ZoomResponse response) {
        var reply = readProbe(response);
        return switch (reply.verdict()) {
            case FOUND -> reply.with(api.settings(response.json()));
            case APPLIED -> reply.with(Verdict.NOT_UNDERSTOOD, "204, and no group");
            default -> reply;
        };
    }

    private static boolean isGroup(JsonNode json) {
        return json.path("id").isTextual() || json.path("group_id").isTextual();
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
