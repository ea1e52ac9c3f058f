package groupsync.zoom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupFormTest {

    private static final GroupUpdate ALL_FIELDS = new GroupUpdate(
            "g",
            Map.of(
                    "search_by_ma_account", false,
                    "search_by_account", true,
                    "search_by_domain", false,
                    "type", "restricted",
                    "name", "Finance"));

    @Test
    void sendsEveryFieldAsAPartOfItsOwn() throws IOException {
        var form = GroupForm.MULTIPART.of(ALL_FIELDS, () -> "BOUNDARY");

        assertThat(form.getContentType()).isEqualTo("multipart/form-data; boundary=BOUNDARY");
        assertThat(bytes(form)).asString(UTF_8).isEqualTo("""
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="name"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        Finance\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="type"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        restricted\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="search_by_domain"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        false\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="search_by_account"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        true\r
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="search_by_ma_account"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        false\r
                        --BOUNDARY--\r
                        """);
    }

    @Test
    void sendsOnlyWhatChanges() throws IOException {
        var update = new GroupUpdate("g", Map.of("search_by_domain", true));

        var form = GroupForm.MULTIPART.of(update, () -> "BOUNDARY");

        assertThat(bytes(form)).asString(UTF_8).isEqualTo("""
                        --BOUNDARY\r
                        Content-Disposition: form-data; name="search_by_domain"\r
                        Content-Type: text/plain; charset=UTF-8\r
                        \r
                        true\r
                        --BOUNDARY--\r
                        """);
    }

    @ParameterizedTest
    @MethodSource("names")
    void sendsNamesAsTheyAre(String name) throws IOException {
        var form = GroupForm.MULTIPART.of(new GroupUpdate("g", Map.of("name", name)), () -> "BOUNDARY");

        assertThat(bytes(form))
                .isEqualTo(("--BOUNDARY\r\n"
                                + "Content-Disposition: form-data; name=\"name\"\r\n"
                                + "Content-Type: text/plain; charset=UTF-8\r\n"
                                + "\r\n"
                                + name
                                + "\r\n--BOUNDARY--\r\n")
                        .getBytes(UTF_8));
        assertThat(form.getContentLength()).isEqualTo(bytes(form).length);
        assertThat(form.isChunked()).isFalse();
    }

    static List<String> names() {
        return List.of(
                "the \"quoted\" one",
                "a\r\nb",
                "a\r\n\r\n--\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nshared",
                "Z\u00fcrich \u00c4\u00d6\u00dc\u00df",
                "\u6f22\u5b57",
                "\ud83d\ude00",
                "100% &amp; + %0D%0A",
                "{{zoom.client-secret}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "before first after", "a\r\n--first--\r\n"})
    void takesAnotherBoundaryWhereANameHoldsIt(String name) throws IOException {
        var update = new GroupUpdate("g", Map.of("name", name, "type", "second"));

        var form = GroupForm.MULTIPART.of(
                update, List.of("first", "second", "third").iterator()::next);

        assertThat(form.getContentType()).isEqualTo("multipart/form-data; boundary=third");
        assertThat(bytes(form)).asString(UTF_8).startsWith("--third\r\n").endsWith("\r\n--third--\r\n");
    }

    @Test
    void sendsEveryFieldAsOneJsonObject() throws IOException {
        var form = GroupForm.JSON.of(ALL_FIELDS, () -> "BOUNDARY");

        assertThat(form.getContentType()).isEqualTo("application/json");
        assertThat(bytes(form))
                .asString(UTF_8)
                .isEqualTo("{\"name\":\"Finance\",\"type\":\"restricted\",\"search_by_domain\":false,"
                        + "\"search_by_account\":true,\"search_by_ma_account\":false}");
    }

    @Test
    void sendsOnlyWhatChangesAsJson() throws IOException {
        var form = GroupForm.JSON.of(new GroupUpdate("g", Map.of("search_by_domain", true)), () -> "BOUNDARY");

        assertThat(bytes(form)).asString(UTF_8).isEqualTo("{\"search_by_domain\":true}");
    }

    @Test
    void sendsNamesAsJsonInUtf8() throws IOException {
        var update = new GroupUpdate("g", Map.of("name", "a\"b\\\r\nZ\u00fcrich \u6f22 \ud83d\ude00"));

        var form = GroupForm.JSON.of(update, () -> "BOUNDARY");

        assertThat(bytes(form))
                .isEqualTo("{\"name\":\"a\\\"b\\\\\\r\\nZ\u00fcrich \u6f22 \ud83d\ude00\"}".getBytes(UTF_8));
        assertThat(form.getContentLength()).isEqualTo(bytes(form).length);
    }

    private static byte[] bytes(HttpEntity form) throws IOException {
        var bytes = new ByteArrayOutputStream();
        form.writeTo(bytes);
        return bytes.toByteArray();
    }
}
