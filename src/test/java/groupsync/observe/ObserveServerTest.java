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
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveServerTest {

    private static final String METRICS = "up 1\n";
    private static final ServiceStatus STATUS = new ServiceStatus(
            "2026-11-26T08:00:00Z", null, null, 7, null, null, List.of(), Map.of(), List.of(), List.of(), 0);

    private final ObserveServer server = new ObserveServer(
            new ManagementSettings("127.0.0.1", 0),
            () -> HealthCheck.Result.up("life"),
            List.of(() -> HealthCheck.Result.up("kafka")),
            () -> METRICS,
            () -> STATUS);

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
    @CsvSource({
        "/observe/health/live, application/json",
        "/observe/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/observe/status, application/json",
        "/observe/, text/html; charset=UTF-8",
        "/observe/page.js, text/javascript; charset=UTF-8",
        "/observe/page.css, text/css; charset=UTF-8",
        "/observe/icon.svg, image/svg+xml; charset=UTF-8",
        "/observe/uPlot.js, text/javascript; charset=UTF-8",
        "/observe/uPlot.css, text/css; charset=UTF-8"
    })
    void answersHeadLikeGetWithoutTheBody(String path, String type) throws Exception {
        var get = ask("GET", path);

        var head = ask("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type")).hasValue(type);
        assertThat(head.headers().firstValue("content-length"))
                .hasValue(String.valueOf(get.body().getBytes(StandardCharsets.UTF_8).length));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /observe/health, 200",
        "GET, /observe/health?verbose, 200",
        "GET, /observe/healthy, 404",
        "GET, /observe/health/, 404",
        "GET, /, 404",
        "GET, /observe/page.html, 404",
        "GET, /observe/page.js/, 404",
        "GET, /observe//page.js, 404",
        "GET, /observe/../application.properties, 404",
        "GET, /observe/..%2fapplication.properties, 404",
        "GET, /observe/%2e%2e/page/page.html, 404",
        "GET, /page/page.html, 404",
        "POST, /observe/, 405",
        "PUT, /observe/status, 405",
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

    private String askUnder(String host, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost:9876", "[::1]:9876", "10.1.2.3:80", "zoom-group-sync:9876", "a.internal"
            })
    void showsThePageUnderNamesThatNoOneCanRegister(String host) throws Exception {
        assertThat(askUnder(host, "/observe/")).startsWith("HTTP/1.1 200 ").contains("<h1>zoom-group-sync</h1>");
        assertThat(askUnder(host, "/observe/status"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"applied\":7");
    }

    /** A page of the Internet whose name leads to this machine could otherwise read the messages of dead letters. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a.example:9876", "127.0.0.1.a.example", "localhost.a.example", "1.2.3.4.5", "a.internal.com"})
    void showsThePageUnderNoOtherName(String host) throws Exception {
        for (var path : List.of("/observe/", "/observe", "/observe/page.js", "/observe/status")) {
            assertThat(askUnder(host, path))
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("applied")
                    .endsWith("Open this page under an address, such as 127.0.0.1, or a name without a dot.\n");
        }
    }

    @Test
    void leadsToThePageWithAnAddressThatIsAlsoRightBehindAProxy() throws Exception {
        var answer = ask("GET", "/observe");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("location")).hasValue("observe/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/observe/", "/observe/page.js", "/observe/uPlot.js", "/observe/status", "/observe/health", "/no"
            })
    void letsABrowserLoadNothingFromElsewhere(String path) throws Exception {
        var headers = ask("GET", path).headers();

        assertThat(headers.firstValue("content-security-policy"))
                .get()
                .asString()
                .startsWith("default-src 'self';");
        assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("cache-control")).hasValue("no-store");
    }

    /** The policy refuses scripts and styles in the page itself. */
    @Test
    void servesEachFileThatThePageNames() throws Exception {
        var page = ask("GET", "/observe/").body();
        var named = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page).results();

        assertThat(page)
                .doesNotContain("style=", "<style", "onclick", "http:", "https:")
                .doesNotContain("<script>");
        assertThat(named.map(match -> match.group(1)))
                .contains("page.js", "uPlot.js", "page.css")
                .allSatisfy(name ->
                        assertThat(ask("GET", "/observe/" + name).statusCode()).isEqualTo(200));
    }
}
