package groupsync.management;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers the probes of whoever watches over the service. It tells, and changes nothing. */
public final class HealthServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

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
     * @param checks all of which must be up for the service to be ready
     * @throws IOException if the address cannot be had
     */
    public HealthServer(InetSocketAddress address, List<HealthCheck> checks) throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/observe/health", exchange -> answer(exchange, checks));
        server.createContext("/observe/health/ready", exchange -> answer(exchange, checks));
        // A restart would mend none of what the checks find.
        server.createContext("/observe/health/live", exchange -> answer(exchange, List.of()));
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, List<HealthCheck> checks) throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getHttpContext().getPath();
            if (!path.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                var results = checks.stream().map(HealthCheck::check).toList();
                var up = results.stream().allMatch(result -> result.status() == HealthCheck.Status.UP);
                var body = JSON.writeValueAsBytes(
                        new Health(up ? HealthCheck.Status.UP : HealthCheck.Status.DOWN, results));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(up ? 200 : 503, method.equals("HEAD") ? -1 : body.length);
                if (method.equals("GET")) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    private record Health(HealthCheck.Status status, List<HealthCheck.Result> checks) {}

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
