package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Neither a token nor a secret nor an update goes to where an answer points: Zoom's API knows no redirects. */
class RedirectTest {

    private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

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
    void noUpdateAndNoProbeIsSentOn() {
        groupSync.with("zoom.api-url", url(redirecting));
        groupSync.sends(10, 10);

        groupSync.start();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> redirected.contains("PATCH")
                        && redirected.stream().filter("GET"::equals).count() >= 5);
        assertThat(followed).isEmpty();
        assertThat(groupSync.topics().outcomes(0)).isEmpty();
    }

    @Test
    void noQuestionForTheNamesOfGroupsIsSentOn() {
        groupSync.with("zoom.api-url", url(redirecting)).with("events.group-names", "true");
        groupSync.receives("g1", "{\"groupName\":\"Finance\",\"name\":\"n\"}");

        groupSync.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> redirected.size() >= 5);
        assertThat(followed).isEmpty();
    }

    @Test
    void noSecretIsSentOn() {
        groupSync.with("zoom.token-url", url(redirecting));
        groupSync.sends(1, 1);

        groupSync.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> redirected.size() >= 5);
        assertThat(redirected).containsOnly("POST");
        assertThat(followed).isEmpty();
        assertThat(groupSync.topics().outcomes(0)).isEmpty();
    }
}
