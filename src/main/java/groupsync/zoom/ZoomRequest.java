package groupsync.zoom;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * A request to one of Zoom's groups APIs, kept in its exchange until its reply is read.
 *
 * @param group the last segment of the path; {@code null} for all groups
 * @param query without the question mark; {@code null} if there is none
 * @param reader reads the reply
 * @param begun by a clock that is never set
 */
public record ZoomRequest(
        Method method, @Nullable String group, @Nullable String query, ReplyReader reader, Instant begun) {

    private static final String VARIABLE = "request";
    /** No group of an event: that group might be the reason of a failure. */
    private static final String NO_GROUP = "zoom-group-sync-probe";

    /** The HTTP method of a request. */
    public enum Method {
        PATCH,
        GET
    }

    /** Changes a group. */
    static ZoomRequest patch(String group, ReplyReader reader, Instant begun) {
        return new ZoomRequest(Method.PATCH, group, null, reader, begun);
    }

    /** Gets a group with its settings. */
    static ZoomRequest find(String group, ReplyReader reader, Instant begun) {
        return new ZoomRequest(Method.GET, group, null, reader, begun);
    }

    /** Gets a group that does not exist, to see whether Zoom answers. */
    static ZoomRequest probe(ReplyReader reader, Instant begun) {
        return new ZoomRequest(Method.GET, NO_GROUP, null, reader, begun);
    }

    /** Lists all groups, or a page of them. */
    public static ZoomRequest list(@Nullable String query, ReplyReader reader, Instant begun) {
        return new ZoomRequest(Method.GET, null, query, reader, begun);
    }

    /** The request of this exchange; empty if none was begun. */
    static Optional<ZoomRequest> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getVariable(VARIABLE, ZoomRequest.class));
    }

    /** Whether a request changes a group or gets that of an update: it is neither a probe nor a list of all groups. */
    static boolean isOfUpdate(HttpRequest request) {
        if (Method.PATCH.name().equals(request.getMethod())) {
            return true;
        }
        var path = request.getPath().replaceFirst("[?].*", "");
        return !path.endsWith("/" + NO_GROUP) && !path.endsWith("/groups");
    }

    /** A token has the scopes of its app at the time of the fetch: a scope added since needs a new token. */
    boolean needsNewToken(Verdict verdict) {
        return verdict.consequence() == Consequence.NEW_TOKEN
                || verdict == Verdict.LIST_SCOPE_MISSING
                // A probe may lack the scope of a GET for good.
                || (verdict == Verdict.SCOPE_MISSING && !NO_GROUP.equals(group));
    }

    /** Makes an exchange this request. */
    public void putInto(Exchange exchange, @Nullable Object body) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        // Camel's own type: from a text, Camel tries each of its type converters, a seventh of the time of an update.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(method.name()));
        if (group != null) {
            // One path segment (RFC 3986, section 3.3), so that no id can reach another path.
            message.setHeader(Exchange.HTTP_PATH, PercentCodec.RFC3986.encode(group));
        }
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
        }
        message.setBody(body);
        exchange.setVariable(VARIABLE, this);
    }
}
