package groupsync.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Calls the stand-in over HTTP.
 *
 * @param token a valid one, or another
 */
record Caller(ZoomStandIn zoom, String token) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    Caller(ZoomStandIn zoom) {
        this(zoom, zoom.newToken());
    }

    Caller withoutToken() {
        return new Caller(zoom, "");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    HttpResponse<String> patch(String path, String json) throws IOException, InterruptedException {
        return send("PATCH", path, "application/json", json);
    }

    HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(zoom.apiUrl() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return JSON.readTree(answer.body());
    }

    /** Status, code and message of an answer, and the fields that it calls wrong. */
    static String told(HttpResponse<String> answer) throws JsonProcessingException {
        var json = json(answer);
        var told = answer.statusCode() + "/" + json.path("code").asText() + " "
                + json.path("message").asText();
        return told + String.join(",", json.path("errors").findValuesAsText("field"));
    }
}
