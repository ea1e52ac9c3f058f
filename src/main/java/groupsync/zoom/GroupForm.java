package groupsync.zoom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.GroupUpdate;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** The body of a PATCH of an IM group: only the changed settings. */
public enum GroupForm {
    /** {@code multipart/form-data} (RFC 7578), as Zoom documents this request. */
    MULTIPART {
        @Override
        HttpEntity of(GroupUpdate update, Supplier<String> boundaries) {
            var form = MultipartEntityBuilder.create()
                    // Keeps texts as they are, in UTF-8; the other modes replace or escape characters.
                    .setMode(HttpMultipartMode.EXTENDED)
                    // Left alone, the builder adds charset=ISO-8859-1; boundary is the only parameter a form has (RFC
                    // 7578, section 8).
                    .setContentType(ContentType.MULTIPART_FORM_DATA.withCharset((Charset) null))
                    .setBoundary(boundary(update, boundaries));
            update.fields().forEach((name, value) -> form.addTextBody(name, value.toString(), TEXT));
            return form.build();
        }
    },

    /** One JSON object of the same fields, as in newer specifications of Zoom. */
    JSON {
        @Override
        HttpEntity of(GroupUpdate update, Supplier<String> boundaries) {
            return json(update.fields());
        }
    };

    private static final ContentType TEXT = ContentType.create("text/plain", StandardCharsets.UTF_8);
    // JSON is UTF-8, and its media type has no parameter (RFC 8259, section 11).
    private static final ContentType APPLICATION_JSON = ContentType.create("application/json");
    private static final JsonMapper MAPPER = new JsonMapper();

    /** @param boundaries gives another boundary each time, until no text contains it */
    abstract HttpEntity of(GroupUpdate update, Supplier<String> boundaries);

    /** One JSON object. */
    static HttpEntity json(Map<String, Object> fields) {
        try {
            return new ByteArrayEntity(
                    MAPPER.writeValueAsString(fields).getBytes(StandardCharsets.UTF_8), APPLICATION_JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and Booleans are always JSON", e);
        }
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
