package groupsync.zoom;

import java.util.Map;
import java.util.stream.Collectors;

/** Takes a secret out of a message, because Zoom or a proxy may quote the request. */
final class Redaction {

    private Redaction() {}

    static ZoomReply of(ZoomReply reply, String secret) {
        var message = reply.message();
        var settings = reply.settings();
        var redacted = message == null ? reply : reply.with(reply.verdict(), of(message, secret));
        return settings == null ? redacted : redacted.with(of(settings, secret));
    }

    private static Map<String, Object> of(Map<String, Object> settings, String secret) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        setting -> setting.getValue() instanceof String text
                                ? text.replace(secret, "…")
                                : setting.getValue()));
    }

    /** @param message cut to the length of a reply's message */
    static String of(String message, String secret) {
        return withoutCutSecret(message, secret).replace(secret, "…");
    }

    /** A token may be longer than a message, whose cut leaves the beginning of the token at the end. */
    private static String withoutCutSecret(String message, String secret) {
        var end = ZoomReply.LONGEST_MESSAGE;
        for (var start = Math.max(0, end - secret.length()); start < end && message.length() > end; start++) {
            if (secret.startsWith(message.substring(start, end))) {
                return message.substring(0, start) + "…";
            }
        }
        return message;
    }
}
