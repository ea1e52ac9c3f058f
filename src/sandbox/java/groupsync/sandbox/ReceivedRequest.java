package groupsync.sandbox;

import java.util.List;
import java.util.Map;

/**
 * A request to the groups API that the stand-in has received.
 *
 * @param path as it was sent, not decoded
 * @param groupId decoded; empty in a request for the list of all groups
 * @param query the parameters of the query, decoded
 * @param fields the parts of the form, or the fields of the JSON, in their order
 * @param begun the time of its arrival, in nanoseconds of {@link System#nanoTime()}
 * @param ended the time of its answer, likewise; 0 before it
 * @param status the status of its answer; 0 without an answer
 */
public record ReceivedRequest(
        String method,
        String path,
        String groupId,
        Map<String, String> query,
        Map<String, List<String>> headers,
        Map<String, String> fields,
        String body,
        long begun,
        long ended,
        int status) {

    /** Empty without one. */
    String contentType() {
        return headers.getOrDefault("Content-Type", List.of("")).get(0);
    }

    ReceivedRequest answered(int status) {
        return new ReceivedRequest(
                method, path, groupId, query, headers, fields, body, begun, System.nanoTime(), status);
    }

    /** A small copy, of which a benchmark can keep a great many. */
    ReceivedRequest withoutContent() {
        return new ReceivedRequest(method, "", groupId, Map.of(), Map.of(), Map.of(), "", begun, ended, status);
    }
}
