package groupsync.zoom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Reads responses as replies to a PATCH. */
final class Replies {

    /** The time of the response, 6,270 s before midnight UTC. */
    static final Instant NOW = Instant.parse("2026-05-30T22:15:30Z");

    static final String TRACKING_ID = "v=2.0;clid=us02;rid=WEB_0123456789abcdef0123456789abcdef";
    /** The headers of Zoom's JSON. */
    static final Map<String, String> JSON =
            Map.of("content-type", "application/json;charset=UTF-8", "x-zm-trackingid", TRACKING_ID);

    private Replies() {}

    /** A reply in Zoom's JSON. */
    static ZoomReply reply(int status, int code, String message) {
        return reply(status, JSON, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    static ZoomReply reply(int status, Map<String, String> headers, String body) {
        return reply(new ImGroups(GroupForm.MULTIPART), status, headers, body);
    }

    /** A reply of one of the groups APIs. */
    static ZoomReply reply(GroupsApi api, int status, Map<String, String> headers, String body) {
        return new ZoomReplyReader(api)
                .read(ZoomResponse.of(
                        status, name -> headers.get(name.toLowerCase(Locale.ROOT)), body.getBytes(UTF_8), NOW));
    }
}
