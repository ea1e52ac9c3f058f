package groupsync.observe;

import groupsync.zoom.NoReplyException;
import groupsync.zoom.RequestListener;
import groupsync.zoom.TokenSource;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomRequest.Method;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The replies of Zoom, the time that they take, and the access tokens. */
public final class RequestMetrics implements RequestListener {

    /** The statuses of Zoom, and of proxies before it. Any other status is counted with its class. */
    private static final Set<Integer> KNOWN =
            Set.of(200, 204, 300, 400, 401, 403, 404, 405, 408, 409, 410, 415, 429, 500, 502, 503, 504);

    private static final String TOKEN_FETCHED = "fetched";
    /** Up to the largest zoom.response-timeout. */
    private static final Duration[] TIMES =
            Metrics.durations("0.025s 0.05s 0.1s 0.2s 0.3s 0.4s 0.6s 0.8s 1s 2s 5s 10s 15s");

    private final MeterRegistry registry;
    private final Map<Request, Counter> requests = new ConcurrentHashMap<>();
    private final Timer timeOfPatch;
    private final Timer timeOfGet;

    private record Request(Method method, Verdict verdict, String status) {}

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        timeOfPatch = time(Method.PATCH);
        timeOfGet = time(Method.GET);
        count(new Request(Method.PATCH, Verdict.APPLIED, "204"));
        tokenFetches(TOKEN_FETCHED);
        tokenFetches(Metrics.label(Verdict.CREDENTIALS_REFUSED));
        tokenFetches(Metrics.label(Verdict.TOKEN_UNAVAILABLE));
    }

    private Timer time(Method method) {
        return Timer.builder("zoom.group.sync.request.duration")
                .description("From the begin of a request to Zoom until its answer, or until there was to be none")
                .tag("method", method.name())
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    @Override
    public void answered(Method method, ZoomReply reply, Duration time) {
        count(new Request(method, reply.verdict(), status(reply.httpStatus()))).increment();
        (method == Method.PATCH ? timeOfPatch : timeOfGet).record(time);
    }

    private static String status(@Nullable Integer status) {
        if (status == null) {
            return "none";
        }
        return KNOWN.contains(status) ? status.toString() : status / 100 + "xx";
    }

    private Counter count(Request request) {
        return requests.computeIfAbsent(
                request,
                key -> Counter.builder("zoom.group.sync.requests")
                        .description("Requests to Zoom that were answered, or were to have no answer")
                        .tag("method", key.method.name())
                        .tag("verdict", Metrics.label(key.verdict))
                        .tag("status", key.status)
                        .register(registry));
    }

    /** The same source of tokens, with its fetches counted. */
    public TokenSource counting(TokenSource source) {
        return () -> {
            try {
                var fetched = source.fetch();
                tokenFetches(TOKEN_FETCHED).increment();
                return fetched;
            } catch (NoReplyException e) {
                tokenFetches(Metrics.label(e.reply().verdict())).increment();
                throw e;
            }
        };
    }

    private Counter tokenFetches(String result) {
        return Counter.builder("zoom.group.sync.token.fetches")
                .description("Fetches of an access token")
                .tag("result", result)
                .register(registry);
    }
}
