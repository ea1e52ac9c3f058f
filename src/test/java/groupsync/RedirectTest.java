package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No token, secret or update is sent to the target of a redirect: Zoom's API has no redirects. */
class RedirectTest extends ShippedRoutes {

    private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

    private final List<String> redirected = new CopyOnWriteArrayList<>();
    private final List<String> followed = new CopyOnWriteArrayList<>();
    private HttpServer redirecting;
    private HttpServer other;

    @BeforeEach
    void startServers() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            followed.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders());
            answer(exchange, 204);
        });
        other.start();
        redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.createContext("/", exchange -> {
            redirected.add(exchange.getRequestMethod());
            exchange.getResponseHeaders().set("Location", url(other) + exchange.getRequestURI());
            answer(exchange, STATUSES.get(redirected.size() % STATUSES.size()));
        });
        redirecting.start();
        groupSync.with("zoom.retry.attempts", "2").with("zoom.pause.probe-interval", "100ms");
    }

    @AfterEach
    void stopServers() {
        groupSync.stop();
        redirecting.stop(0);
        other.stop(0);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void sendsNoUpdateAndNoProbeOn() {
        groupSync.with("zoom.api-url", url(redirecting));

        isSentOnlyOnce("{\"groupId\":\"g1\",\"name\":\"n\"}", "PATCH", "GET");
    }

    @Test
    void sendsNoRequestForTheNamesOfGroupsOn() {
        groupSync.with("zoom.api-url", url(redirecting)).with("events.group-names", "true");

        isSentOnlyOnce("{\"groupName\":\"Finance\",\"name\":\"n\"}", "GET");
    }

    @Test
    void sendsNoSecretOn() {
        groupSync.with("zoom.token-url", url(redirecting));

        isSentOnlyOnce("{\"groupId\":\"g1\",\"name\":\"n\"}", "POST");
    }

    /** Each status redirects such a request. */
    private void isSentOnlyOnce(String update, String... methods) {
        groupSync.receives("g1", update);

        groupSync.start();

        await().until(() -> Stream.of(methods).allMatch(redirected::contains) && redirected.size() >= 8);
        assertThat(redirected).containsOnly(methods);
        assertThat(followed).isEmpty();
        assertThat(topics.outcomes(0)).isEmpty();
    }
}
