package groupsync.zoom;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** Asks Zoom for the groups of an account beside the routes, in the same way as {@code call-zoom} does. */
public final class ZoomCaller implements AutoCloseable {

    private final URI groups;
    private final AccessTokens tokens;
    private final Clock timeOfDay;
    private final CloseableHttpClient client;

    /**
     * Opens no connection yet.
     *
     * @param groups the URL of all groups
     * @param longest time of a whole request
     * @param timeOfDay the clock for times in a response
     */
    public ZoomCaller(
            URI groups, AccessTokens tokens, ZoomTls tls, ZoomProxy proxy, Duration longest, Clock timeOfDay) {
        this.groups = groups;
        this.tokens = tokens;
        this.timeOfDay = timeOfDay;
        var builder = DirectHttp.client(tls, longest);
        new ZoomHttpClient(tokens, () -> () -> {}, proxy, longest).configureHttpClient(builder);
        client = builder.build();
    }

    /**
     * Sends a request for a list of groups, once, and returns its reply or the reason why there is none.
     *
     * @param list gives the request, which begins after the fetch of its token
     */
    public ZoomReply call(Supplier<ZoomRequest> list) {
        try {
            tokens.renewIfDue();
            return call(list.get());
        } catch (NoReplyException e) {
            return e.reply();
        } catch (IOException e) {
            return ZoomReply.unreachable(e);
        }
    }

    private ZoomReply call(ZoomRequest list) throws IOException {
        var get = new HttpGet(list.query() == null ? groups : URI.create(groups + "?" + list.query()));
        var reply = client.execute(
                get,
                response -> tokens.redacted(list.reader().read(DirectHttp.response(response, timeOfDay.instant()))));
        if (list.needsNewToken(reply.verdict())) {
            tokens.refused(list.begun());
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
