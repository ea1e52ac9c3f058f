package groupsync.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.GroupUpdate;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/** The body of a PATCH of an IM group: only the changed settings. */
public enum GroupForm {
    /** {@code multipart/form-data} (RFC 7578), as Zoom documents this request. */
    MULTIPART {
        @Override
        HttpEntity of(GroupUpdate update, Supplier<String> boundaries) {
            var boundary = boundary(update, boundaries);
            var form = new StringBuilder();
            update.fields()
                    .forEach((name, value) -> form.append("--")
                            .append(boundary)
                            .append("\r\nContent-Disposition: form-data; name=\"")
                            // Of GroupUpdate.FIELDS, so there is nothing to escape.
                            .append(name)
                            .append("\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n")
                            .append(value)
                            .append("\r\n"));
            form.append("--").append(boundary).append("--\r\n");
            // The boundary is the only parameter of a form (RFC 7578, section 8).
            return entity(form.toString(), FORM_DATA.withParameters(new BasicNameValuePair("boundary", boundary)));
        }
    },

    /** One JSON object of the same fields, as in newer specifications of Zoom. */
    JSON {
        @Override
        HttpEntity of(GroupUpdate update, Supplier<String> boundaries) {
            return json(update.fields());
        }
    };

    private static final ContentType FORM_DATA = ContentType.create("multipart/form-data");
    // JSON is UTF-8, and its media type has no parameter (RFC 8259, section 11).
    private static final ContentType APPLICATION_JSON = ContentType.create("application/json");
    private static final JsonMapper MAPPER = new JsonMapper();

    /** @param boundaries gives another boundary each time, until no text contains it */
    abstract HttpEntity of(GroupUpdate update, Supplier<String> boundaries);

    /** One JSON object. */
    static HttpEntity json(Map<String, Object> fields) {
        try {
            return entity(MAPPER.writeValueAsString(fields), APPLICATION_JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and Booleans are always JSON", e);
        }
    }

    private static HttpEntity entity(String body, ContentType type) {
        return new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String boundary(GroupUpdate update, Supplier<String> boundaries) {
        while (true) {
            var boundary = boundaries.get();
            if (update.fields().values().stream()
                    .noneMatch(value -> value.toString().contains(boundary))) {
                return boundary;
            }
        }
    }
}
