package groupsync.zoom;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * A request to Zoom, kept in its exchange until its reply is read.
 *
 * @param begun by a clock that is never set
 */
public record ZoomRequest(Method method, Instant begun, ReplyReader reader) {

    private static final String VARIABLE = "request";

    /** The HTTP method of a request. */
    public enum Method {
        PATCH,
        GET
    }

    /** The request of this exchange; empty if none was begun. */
    static Optional<ZoomRequest> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getVariable(VARIABLE, ZoomRequest.class));
    }

    /**
     * Makes an exchange this request.
     *
     * @param group the last segment of the path; {@code null} for all groups
     */
    public void putInto(Exchange exchange, @Nullable String group, @Nullable Object body) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method.name());
        if (group != null) {
            // One path segment (RFC 3986, section 3.3), so that nothing in an id can reach another path.
            message.setHeader(Exchange.HTTP_PATH, PercentCodec.RFC3986.encode(group));
        }
        message.setBody(body);
        exchange.setVariable(VARIABLE, this);
    }
}
