package groupsync.zoom;

/** Takes a secret out of a message, because Zoom or a proxy may quote the request. */
final class Redaction {

    private Redaction() {}

    static ZoomReply of(ZoomReply reply, String secret) {
        var message = reply.message();
        return message == null ? reply : reply.with(reply.verdict(), of(message, secret));
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
