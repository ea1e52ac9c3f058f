package groupsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;

/** One reply of the stand-in to a request. */
public sealed interface StandInReply {

    /** A scripted answer; the request has no other effect. */
    record Answer(int status, Map<String, String> headers, String body) implements StandInReply {}

    /**
     * A reset of the connection instead of an answer.
     *
     * @param applied whether Zoom has processed the request before
     */
    record Reset(boolean applied) implements StandInReply {}

    /** No answer, and the connection stays open. */
    record Hang() implements StandInReply {}

    /** A byte from time to time, and never a complete answer. */
    record Trickle() implements StandInReply {}

    /** Bytes that are no HTTP. */
    record Garbage() implements StandInReply {}

    /** Zoom's own answer. */
    record AsZoom() implements StandInReply {}

    static Answer status(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.toString());
    }

    /** An answer in Zoom's JSON. */
    static Answer zoom(int status, int code, String message) {
        return json(
                status, JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
    }

    /** Zoom's answer to an update with wrong fields. */
    static Answer invalid(String... fields) {
        var json = JsonNodeFactory.instance.objectNode().put("code", 300).put("message", "Validation Failed.");
        var errors = json.putArray("errors");
        for (var field : fields) {
            errors.addObject().put("field", field).put("message", "Invalid field.");
        }
        return json(400, json);
    }

    /** The same answer with one more header. */
    static Answer with(Answer answer, String header, String value) {
        var headers = new HashMap<>(answer.headers());
        headers.put(header, value);
        return new Answer(answer.status(), headers, answer.body());
    }
}
