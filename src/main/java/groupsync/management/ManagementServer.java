package groupsync.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers whoever watches over the service. It tells, and changes nothing. */
public final class ManagementServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    /** <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts to answer.
     *
     * @param address where to listen; port 0 for a free one
     * @param life which is down if only a restart mends what is wrong
     * @param checks all of which must be up too for the service to be ready; a restart would mend none of what they find
     * @param metrics in Prometheus' text format
     * @throws IOException if the address cannot be had
     */
    public ManagementServer(
            InetSocketAddress address, HealthCheck life, List<HealthCheck> checks, Supplier<String> metrics)
            throws IOException {
        var all = Stream.concat(checks.stream(), Stream.of(life)).toList();
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        answer("/observe/health", () -> health(all));
        answer("/observe/health/ready", () -> health(all));
        answer("/observe/health/live", () -> health(List.of(life)));
        answer(
                "/observe/metrics",
                () -> new Answer(200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8)));
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(String path, Source source) {
        server.createContext(path, exchange -> answer(exchange, source));
    }

    private static void answer(HttpExchange exchange, Source source) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getHttpContext().getPath();
            if (!path.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                var answer = source.answer();
                exchange.getResponseHeaders().set("Content-Type", answer.type());
                exchange.sendResponseHeaders(answer.status(), method.equals("HEAD") ? -1 : answer.body().length);
                if (method.equals("GET")) {
                    exchange.getResponseBody().write(answer.body());
                }
            }
        }
    }

    private static Answer health(List<HealthCheck> checks) throws JsonProcessingException {
        var results = checks.stream().map(HealthCheck::check).toList();
        var up = results.stream().allMatch(result -> result.status() == HealthCheck.Status.UP);
        var health = new Health(up ? HealthCheck.Status.UP : HealthCheck.Status.DOWN, results);
        return new Answer(up ? 200 : 503, "application/json", JSON.writeValueAsBytes(health));
    }

    @FunctionalInterface
    private interface Source {
        Answer answer() throws JsonProcessingException;
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    private record Answer(int status, String type, byte[] body) {}

    private record Health(HealthCheck.Status status, List<HealthCheck.Result> checks) {}

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
