package groupsync.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.AsyncServerBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncResponseProducer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Answers whoever watches over the service. It tells, and changes nothing. */
public final class ObserveServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ContentType HEALTH = ContentType.create("application/json");
    /** <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>. */
    private static final ContentType PROMETHEUS = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");

    /** No thread waits for a request, so one that is sent by half costs no other its answer; after this long it is closed. */
    private static final Timeout LONGEST_SILENCE = Timeout.ofSeconds(30);

    private final Map<String, Source> sources;
    private final HttpAsyncServer server;
    private final int port;

    /**
     * Starts to answer.
     *
     * @param address where to listen; port 0 for a free one
     * @param life which is down if only a restart mends what is wrong
     * @param checks all of which must be up too for the service to be ready; a restart would mend none of what they find
     * @param metrics in Prometheus' text format
     * @throws IOException if the address cannot be had
     */
    public ObserveServer(
            InetSocketAddress address, HealthCheck life, List<HealthCheck> checks, Supplier<String> metrics)
            throws IOException {
        var all = Stream.concat(checks.stream(), Stream.of(life)).toList();
        sources = Map.of(
                "/observe/health", () -> health(all),
                "/observe/health/ready", () -> health(all),
                "/observe/health/live", () -> health(List.of(life)),
                "/observe/metrics",
                        () -> new Answer(200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8)));
        server = AsyncServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(2)
                        .setSoTimeout(LONGEST_SILENCE)
                        .setSoReuseAddress(true)
                        .build())
                // Under whatever name the service is asked for.
                .setRequestRouter((request, context) -> () -> new BasicServerExchangeHandler<>(new Handler()))
                .create();
        server.start();
        port = listen(address);
    }

    private int listen(InetSocketAddress address) throws IOException {
        try {
            return ((InetSocketAddress)
                            server.listen(address, URIScheme.HTTP).get().getAddress())
                    .getPort();
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof IOException unavailable ? unavailable : new IOException(e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    private AsyncResponseProducer answer(HttpRequest request) throws IOException {
        var source = sources.get(String.valueOf(request.getPath()).replaceFirst("\\?.*", ""));
        if (source == null) {
            return AsyncResponseBuilder.create(404).build();
        }
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            return AsyncResponseBuilder.create(405)
                    .setHeader("Allow", "GET, HEAD")
                    .build();
        }
        var answer = source.answer();
        return AsyncResponseBuilder.create(answer.status())
                .setEntity(answer.body(), answer.type())
                .build();
    }

    private static Answer health(List<HealthCheck> checks) throws JsonProcessingException {
        var results = checks.stream().map(HealthCheck::check).toList();
        var up = results.stream().allMatch(result -> result.status() == HealthCheck.Status.UP);
        var health = new Health(up ? HealthCheck.Status.UP : HealthCheck.Status.DOWN, results);
        return new Answer(up ? 200 : 503, HEALTH, JSON.writeValueAsBytes(health));
    }

    private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, Void>> {
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
    }

    @FunctionalInterface
    private interface Source {
        Answer answer() throws JsonProcessingException;
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    private record Answer(int status, ContentType type, byte[] body) {}

    private record Health(HealthCheck.Status status, List<HealthCheck.Result> checks) {}

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
