package groupsync.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.observe.HealthCheck.Status;
import groupsync.release.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncResponseProducer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The resources under /observe: health as JSON, metrics, and a page that shows them. No request changes anything. */
final class ObserveResources implements AsyncServerRequestHandler<Message<HttpRequest, Void>> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ContentType JSON_TYPE = ContentType.create("application/json");
    /** <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>. */
    private static final ContentType PROMETHEUS = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");

    /** For all answers: a browser loads nothing from elsewhere, guesses no type, keeps nothing and tells no other site. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final Map<String, Resource> resources;
    /** Those that only a browser under an internal name may have. */
    private final Map<String, Resource> page = new HashMap<>();

    @FunctionalInterface
    private interface Resource {
        AsyncResponseProducer get() throws JsonProcessingException;
    }

    private record Health(Status status, String version, List<HealthCheck.Result> checks) {}

    ObserveResources(
            HealthCheck life, List<HealthCheck> checks, Supplier<String> metrics, Supplier<ServiceStatus> status) {
        var all = Stream.concat(checks.stream(), Stream.of(life)).toList();
        resources = Map.of(
                "/observe/health", () -> health(all),
                "/observe/health/ready", () -> health(all),
                "/observe/health/live", () -> health(List.of(life)),
                "/observe/metrics", () -> response(200, metrics.get().getBytes(StandardCharsets.UTF_8), PROMETHEUS));
        PageFiles.read().forEach((path, file) -> page.put(path, () -> response(200, file.content(), file.type())));
        page.put("/observe", ObserveResources::toPage);
        page.put("/observe/status", () -> response(200, JSON.writeValueAsBytes(status.get()), JSON_TYPE));
    }

    /** A relative address, which is also right behind a proxy with a path of its own. */
    private static AsyncResponseProducer toPage() {
        return answer(308).setHeader("Location", "observe/").build();
    }

    private static AsyncResponseProducer health(List<HealthCheck> checks) throws JsonProcessingException {
        var results = checks.stream().map(HealthCheck::check).toList();
        var up = results.stream().allMatch(result -> result.status() == Status.UP);
        var health = new Health(up ? Status.UP : Status.DOWN, Version.CURRENT, results);
        return response(up ? 200 : 503, JSON.writeValueAsBytes(health), JSON_TYPE);
    }

    private static AsyncResponseProducer response(int status, byte[] body, ContentType type) {
        return answer(status).setEntity(body, type).build();
    }

    private static AsyncResponseBuilder answer(int status) {
        var answer = AsyncResponseBuilder.create(status);
        HEADERS.forEach(answer::setHeader);
        return answer;
    }

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, Void>> prepare(
            HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
        return new BasicRequestConsumer<>(new DiscardingEntityConsumer<>());
    }

    @Override
    public void handle(Message<HttpRequest, Void> request, ResponseTrigger response, HttpContext context)
            throws HttpException, IOException {
        response.submitResponse(answer(request.getHead()), context);
    }

    private AsyncResponseProducer answer(HttpRequest request) throws JsonProcessingException {
        var path = String.valueOf(request.getPath()).replaceFirst("\\?.*", "");
        var resource = page.getOrDefault(path, resources.get(path));
        if (resource == null) {
            return answer(404).build();
        }
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            return answer(405).setHeader("Allow", "GET, HEAD").build();
        }
        if (page.containsKey(path) && !PageHost.isInternal(host(request))) {
            return response(421, PageHost.REFUSAL.getBytes(StandardCharsets.UTF_8), ContentType.TEXT_PLAIN);
        }
        return resource.get();
    }

    private static @Nullable String host(HttpRequest request) {
        var header = request.getFirstHeader("Host");
        return header == null ? null : header.getValue();
    }
}
