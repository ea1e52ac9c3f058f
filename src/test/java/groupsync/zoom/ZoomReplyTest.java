package groupsync.zoom;

import static groupsync.zoom.Replies.TRACKING_ID;
import static groupsync.zoom.Replies.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a response that a reply keeps. */
class ZoomReplyTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 400, 404, 429, 500, 503})
    void hasTheTrackingIdOfEveryResponse(int status) {
        var reply = reply(status, Map.of("x-zm-trackingid", TRACKING_ID), "");

        assertThat(reply.trackingId()).isEqualTo(TRACKING_ID);
        assertThat(reply.httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource
    void hasAMessageOfOneShortLine(String words, String message) {
        assertThat(reply(400, 300, words).message()).isEqualTo(message);
    }

    static Stream<Arguments> hasAMessageOfOneShortLine() {
        return Stream.of(
                arguments("x".repeat(60_000), "x".repeat(500) + "\u2026"),
                arguments("x".repeat(499) + "\ud83d\ude00", "x".repeat(499) + "\ufffd\u2026"),
                arguments(" a\\r\\n\\tb\\u0000\\u001b[31mc\\u2028d\\u0085e ", "a b [31mc d e"));
    }

    @Test
    void hasATrackingIdOfOneShortLine() {
        var reply = reply(204, Map.of("x-zm-trackingid", "rid\u001b[31m\u0007\tx" + "y".repeat(600)), "");

        assertThat(reply.trackingId()).startsWith("rid [31m xyyy").hasSize(501);
    }

    @Test
    void isShownOnOneLine() {
        assertThat(reply(503, Map.of("retry-after", "86400"), ""))
                .hasToString("UNAVAILABLE http=503 message=\"an empty answer\" retryAfter=PT24H");
        assertThat(reply(404, 4130, "Group does not exist:g."))
                .hasToString("GROUP_NOT_FOUND http=404 zoomCode=4130 message=\"Group does not exist:g.\" trackingId="
                        + TRACKING_ID);
    }

    @Test
    void isUnavailableWithoutAResponse() {
        var reply = ZoomReply.unreachable(new SocketTimeoutException("Read\ntimed out"));

        assertThat(reply)
                .isEqualTo(ZoomReply.none(Verdict.UNAVAILABLE, "java.net.SocketTimeoutException: Read timed out"));
        assertThat(reply).hasToString("UNAVAILABLE message=\"java.net.SocketTimeoutException: Read timed out\"");
    }

    @Test
    void isNotTrustedIfTheCertificateIsNot() {
        var unknown = new SSLHandshakeException("PKIX path building failed");
        unknown.initCause(new CertificateException("unable to find valid certification path"));

        assertThat(Stream.of(
                                unknown,
                                new SSLPeerUnverifiedException("another host"),
                                new SSLHandshakeException("closed"))
                        .map(failure -> ZoomReply.unreachable(failure).verdict()))
                .containsExactly(Verdict.NOT_TRUSTED, Verdict.NOT_TRUSTED, Verdict.UNAVAILABLE);
    }
}
