package groupsync.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.observe.HealthCheck.Status;
import groupsync.release.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** The resources under /observe: health as JSON, and metrics. No request changes anything. */
final class ObserveResources implements AsyncServerRequestHandler<Message<HttpRequest, Void>> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ContentType HEALTH = ContentType.create("application/json");
    /** <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>. */
    private static final ContentType PROMETHEUS = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");

    private final Map<String, Resource> resources;

    @FunctionalInterface
    private interface Resource {
        AsyncResponseProducer get() throws JsonProcessingException;
    }

    private record Health(Status status, String version, List<HealthCheck.Result> checks) {}

    ObserveResources(HealthCheck life, List<HealthCheck> checks, Supplier<String> metrics) {
        var all = Stream.concat(checks.stream(), Stream.of(life)).toList();
        resources = Map.of(
                "/observe/health", () -> health(all),
                "/observe/health/ready", () -> health(all),
                "/observe/health/live", () -> health(List.of(life)),
                "/observe/metrics", () -> response(200, metrics.get().getBytes(StandardCharsets.UTF_8), PROMETHEUS));
    }

    private static AsyncResponseProducer health(List<HealthCheck> checks) throws JsonProcessingException {
        var results = checks.stream().map(HealthCheck::check).toList();
        var up = results.stream().allMatch(result -> result.status() == Status.UP);
        var health = new Health(up ? Status.UP : Status.DOWN, Version.CURRENT, results);
        return response(up ? 200 : 503, JSON.writeValueAsBytes(health), HEALTH);
    }

    private static AsyncResponseProducer response(int status, byte[] body, ContentType type) {
        return AsyncResponseBuilder.create(status).setEntity(body, type).build();
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
        var resource = resources.get(String.valueOf(request.getPath()).replaceFirst("\\?.*", ""));
        if (resource == null) {
            return AsyncResponseBuilder.create(404).build();
        }
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            return AsyncResponseBuilder.create(405)
                    .setHeader("Allow", "GET, HEAD")
                    .build();
        }
        return resource.get();
    }
}
