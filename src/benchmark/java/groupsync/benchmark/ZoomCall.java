package groupsync.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** What a typical program does with an event: the same request that the service makes, and again after a 429. */
final class ZoomCall {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);

    private final CloseableHttpClient client;
    private final String api = System.getenv("ZOOM_API_URL");
    private final String token = System.getenv("ZOOM_ACCESS_TOKEN");

    ZoomCall(int concurrency) {
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(concurrency)
                        .setMaxConnTotal(concurrency)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    /** Returns when Zoom has applied it. */
    void apply(byte[] event) {
        try {
            apply(JSON.readTree(event));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of requests when Zoom has applied it. */
    int apply(JsonNode update) {
        try {
            var requests = 1;
            for (var wait = patch(update); wait > 0; wait = patch(update)) {
                Thread.sleep(wait);
                requests++;
            }
            return requests;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long patch(JsonNode update) throws IOException {
        var request = new HttpPatch(api + "/im/groups/" + update.path("groupId").asText());
        request.setHeader("Authorization", "Bearer " + token);
        request.setHeader("Accept", "application/json");
        request.setEntity(form(update));
        return client.execute(request, response -> {
            EntityUtils.consume(response.getEntity());
            if (response.getCode() == HttpStatus.SC_NO_CONTENT) {
                return 0L;
            }
            if (response.getCode() != HttpStatus.SC_TOO_MANY_REQUESTS) {
                throw new IOException("Zoom answered " + response.getCode());
            }
            var retryAfter = response.getFirstHeader("Retry-After");
            return retryAfter == null ? 1000L : 1000L * Long.parseLong(retryAfter.getValue());
        });
    }

    private static HttpEntity form(JsonNode update) {
        var form = MultipartEntityBuilder.create()
                .setMode(HttpMultipartMode.EXTENDED)
                .setContentType(ContentType.MULTIPART_FORM_DATA.withCharset((Charset) null))
                .setBoundary(UUID.randomUUID().toString());
        update.properties().stream()
                .filter(field ->
                        !field.getKey().equals("eventId") && !field.getKey().equals("groupId"))
                .forEach(field ->
                        form.addTextBody(field.getKey(), field.getValue().asText(), TEXT));
        return form.build();
    }
}
