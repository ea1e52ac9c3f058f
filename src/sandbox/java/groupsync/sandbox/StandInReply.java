package groupsync.sandbox;

import java.util.Map;

/** How the stand-in is told to answer a request. */
public sealed interface StandInReply {

    /** An answer, after whatever Zoom would do with the request has been left undone. */
    record Answer(int status, Map<String, String> headers, String body) implements StandInReply {}

    /** The connection is reset instead of an answer. */
    record Reset(boolean applied) implements StandInReply {}

    /** Nothing comes, and the connection stays open. */
    record Hang() implements StandInReply {}

    /** Byte by byte, and never the whole. */
    record Trickle() implements StandInReply {}

    /** Bytes that are no HTTP. */
    record Garbage() implements StandInReply {}

    /** What Zoom would say. */
    record AsZoom() implements StandInReply {}

    static Answer status(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** An answer in Zoom's JSON. */
    static Answer zoom(int status, int code, String message) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                "{\"code\":" + code + ",\"message\":\"" + message.replace("\"", "\\\"") + "\"}");
    }

    /** The same with one more header. */
    static Answer with(Answer answer, String header, String value) {
        var headers = new java.util.HashMap<>(answer.headers());
        headers.put(header, value);
        return new Answer(answer.status(), headers, answer.body());
    }
}
