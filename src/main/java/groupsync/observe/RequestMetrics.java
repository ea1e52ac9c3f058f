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

/** What Zoom says, and how long it takes. */
public final class RequestMetrics implements RequestListener {

    /** Zoom's own, and those of what may stand before it; another status is counted with its class. */
    private static final Set<Integer> KNOWN =
            Set.of(200, 204, 300, 400, 401, 403, 404, 405, 408, 409, 410, 415, 429, 500, 502, 503, 504);

    private static final String TOKEN_FETCHED = "fetched";
    /** Up to the longest that zoom.response-timeout can be. */
    private static final Duration[] TIMES = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        Duration.ofMillis(400),
        Duration.ofMillis(600),
        Duration.ofMillis(800),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15)
    };

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
        tokenFetches(Labels.of(Verdict.CREDENTIALS_REFUSED));
        tokenFetches(Labels.of(Verdict.TOKEN_UNAVAILABLE));
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
                        .tag("verdict", Labels.of(key.verdict))
                        .tag("status", key.status)
                        .register(registry));
    }

    /** The same source of tokens, whose fetches are counted. */
    public TokenSource counting(TokenSource source) {
        return () -> {
            try {
                var fetched = source.fetch();
                tokenFetches(TOKEN_FETCHED).increment();
                return fetched;
            } catch (NoReplyException e) {
                tokenFetches(Labels.of(e.reply().verdict())).increment();
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
