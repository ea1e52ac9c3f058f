package groupsync.observe;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.settings.ManagementSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveServerTest {

    private static final String METRICS = "up 1\n";

    private final ObserveServer server = new ObserveServer(
            new ManagementSettings("127.0.0.1", 0),
            () -> HealthCheck.Result.up("life"),
            List.of(() -> HealthCheck.Result.up("kafka")),
            () -> METRICS);

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofMinutes(2))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A scraper may vanish in mid-request, and anyone may reach the port. */
    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /observe/hea", "GET /observe/health/live HTTP/1.1\r\nHost: a\r\n"})
    void answersWhileManyOthersHaveSentHalfARequestAndStay(String half) throws Exception {
        var others = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 300; i++) {
                var other = new Socket(InetAddress.getLoopbackAddress(), server.port());
                others.add(other);
                other.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(ask("GET", "/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(others)
                    .allSatisfy(other ->
                            assertThat(other.getInputStream().available()).isZero());
        } finally {
            for (var other : others) {
                other.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/observe/health/live, application/json", "/observe/metrics, text/plain; version=0.0.4; charset=utf-8"})
    void answersHeadLikeGetWithoutTheBody(String path, String type) throws Exception {
        var get = ask("GET", path);

        var head = ask("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type")).hasValue(type);
        assertThat(head.headers().firstValue("content-length"))
                .hasValue(String.valueOf(get.body().length()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /observe/health, 200",
        "GET, /observe/health?verbose, 200",
        "GET, /observe/healthy, 404",
        "GET, /observe/health/, 404",
        "GET, /, 404",
        "POST, /observe/health, 405",
        "DELETE, /observe/metrics, 405"
    })
    void answersGetAndHeadOfItsResourcesOnly(String method, String path, int status) throws Exception {
        var answer = ask(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void answersUnderAnyHostName() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request = "GET /observe/metrics HTTP/1.1\r\nHost: a.example:9876\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + METRICS);
        }
    }
}
