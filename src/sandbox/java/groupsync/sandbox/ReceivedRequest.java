package groupsync.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One request as the stand-in got it.
 *
 * @param path as it was sent, not decoded
 * @param fields the parts of the form, or the fields of the JSON, in their order
 * @param begun when the request was there, in nanoseconds of {@link System#nanoTime()}
 * @param ended when it was answered, likewise
 * @param status the answer's; 0 if there was none
 */
public record ReceivedRequest(
        String method,
        String path,
        String groupId,
        Map<String, List<String>> headers,
        Map<String, String> fields,
        String body,
        long begun,
        long ended,
        int status) {}
