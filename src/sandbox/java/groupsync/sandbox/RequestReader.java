package groupsync.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;

/** Reads an HTTP request with its form, multipart or JSON. */
final class RequestReader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern GROUP = Pattern.compile("(?:%s|%s)/(.*)".formatted(ImGroups.PATH, ContactGroups.PATH));

    private RequestReader() {}

    static ReceivedRequest read(Request request) throws IOException {
        var begun = System.nanoTime();
        var headers = new LinkedHashMap<String, List<String>>();
        request.getHeaders()
                .forEach(field -> headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(String.valueOf(field.getValue())));
        var path = request.getHttpURI().getPath();
        var body = Content.Source.asInputStream(request).readAllBytes();
        return new ReceivedRequest(
                request.getMethod(),
                path,
                groupId(path),
                query(request),
                headers,
                fields(String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE)), body),
                new String(body, StandardCharsets.UTF_8),
                begun,
                0,
                0);
    }

    private static String groupId(String path) {
        var group = GROUP.matcher(path);
        return group.matches() ? URLDecoder.decode(group.group(1).replace("+", "%2B"), StandardCharsets.UTF_8) : "";
    }

    private static Map<String, String> query(Request request) {
        var query = new LinkedHashMap<String, String>();
        Request.extractQueryParameters(request)
                .forEach(parameter -> query.put(parameter.getName(), parameter.getValue()));
        return query;
    }

    private static Map<String, String> fields(String type, byte[] body) {
        try {
            if (type.startsWith("multipart/form-data")) {
                return parts(type, body);
            }
            var fields = new LinkedHashMap<String, String>();
            if (type.startsWith("application/json")) {
                for (var field : JSON.readTree(body).properties()) {
                    fields.put(field.getKey(), field.getValue().asText());
                }
            }
            return fields;
        } catch (IOException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> parts(String type, byte[] body) throws IOException {
        var boundary = MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw new IOException("no boundary");
        }
        var parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(-1);
        parser.setUseFilesForPartsWithoutFileName(false);
        var fields = new LinkedHashMap<String, String>();
        try (Blocker.Promise<MultiPartFormData.Parts> parsed = Blocker.promise()) {
            parser.parse(Content.Source.from(ByteBuffer.wrap(body)), parsed);
            try (var parts = parsed.block()) {
                for (var part : parts) {
                    fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
                }
            }
        }
        return fields;
    }
}
