package groupsync.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import groupsync.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.StreamSupport;

/**
 * The health that an instance reports.
 *
 * @param status 200, 503, or 0 without an answer
 */
record Health(int status, JsonNode body) {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();

    static Health of(int port, String path) {
        try {
            var answer = get(port, path);
            return new Health(answer.statusCode(), Topics.json(answer.body()));
        } catch (IOException | IllegalStateException e) {
            return new Health(0, MissingNode.getInstance());
        }
    }

    /** The answer of the management port; empty without one. */
    static String text(int port, String path) {
        try {
            return new String(get(port, path).body(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static HttpResponse<byte[]> get(int port, String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LONGEST)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether Zoom is the reason; Kafka is "away" also before its first check. */
    boolean isPaused() {
        return status == 503
                && StreamSupport.stream(body.path("checks").spliterator(), false)
                        .anyMatch(check -> check.path("name").asText().equals("zoom") && check.has("cause"));
    }

    String cause() {
        return body.findPath("cause").asText();
    }

    String remedy() {
        return body.findPath("remedy").asText();
    }

    String nextProbe() {
        return body.findPath("nextProbe").asText();
    }
}
