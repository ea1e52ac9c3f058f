package groupsync.zoom;

import static groupsync.zoom.Replies.JSON;
import static groupsync.zoom.Replies.NOW;
import static groupsync.zoom.Replies.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are not, or not quite, Zoom's. */
class ForeignResponseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><response><code>4130</code><message>Group does not exist</message></response>",
                "<html><body>Group does not exist 4130</body></html>",
                "Group does not exist",
                "[{\"code\":4130,\"message\":\"Group does not exist\"}]",
                "\"Group does not exist\"",
                "4130",
                "null",
                "{\"code\":\"4130\",\"message\":[\"Group does not exist\"]}",
                "{\"code\":4130000000000,\"message\":{\"code\":4130}}",
                "{\"code\":null,\"message\":null}",
                "{\"code\":4130,\"message\":\"Group does not ex",
                "{\"error\":{\"code\":4130,\"message\":\"Group does not exist\"}}"
            })
    void areDescribedAndNotQuoted(String body) {
        var reply = reply(404, Map.of("content-type", "application/xml"), body);

        assertThat(reply.verdict()).isEqualTo(Verdict.NOT_UNDERSTOOD);
        assertThat(reply.message())
                .isEqualTo("an answer of " + body.length() + " bytes, application/xml, that is not one of Zoom's");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '', an empty answer",
        ", Not found, 'an answer of 9 bytes, of no type, that is not one of Zoom''s'"
    })
    void areDescribedWithoutBodyAndType(@Nullable String type, String body, String message) {
        var reply = reply(404, type == null ? Map.of() : Map.of("content-type", type), body);

        assertThat(reply).isEqualTo(new ZoomReply(Verdict.NOT_UNDERSTOOD, 404, null, message, null, null));
    }

    @Test
    void mayBeZoomsWithoutAContentType() {
        assertThat(reply(404, Map.of(), "{\"code\":4130,\"message\":\"Group does not exist:g.\"}"))
                .isEqualTo(new ZoomReply(Verdict.GROUP_NOT_FOUND, 404, 4130, "Group does not exist:g.", null, null));
    }

    @Test
    void mayBeZoomsWithoutAMessage() {
        assertThat(reply(404, JSON, "{\"code\":4130}"))
                .extracting("verdict", "zoomCode")
                .containsExactly(Verdict.GROUP_NOT_FOUND, 4130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void mayNestWithoutEnd(String pattern) {
        var body = pattern.repeat(30_000);

        var reply = reply(502, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(reply.message()).startsWith("an answer of " + body.length() + " bytes");
    }

    @Test
    void mayBeBytesThatAreNoText() {
        var body = new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1};

        assertThat(new ZoomReplyReader(new ContactGroups()).read(ZoomResponse.of(400, name -> null, body, NOW)))
                .extracting("verdict", "message")
                .containsExactly(Verdict.NOT_UNDERSTOOD, "an answer of 4 bytes, of no type, that is not one of Zoom's");
    }
}
