package groupsync.zoom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoomReplyTest {

    private static final Instant NOW = Instant.parse("2026-05-30T22:15:30Z");
    private static final String TRACKING_ID = "v=2.0;clid=us02;rid=WEB_0123456789abcdef0123456789abcdef";
    private static final Map<String, String> JSON =
            Map.of("content-type", "application/json;charset=UTF-8", "x-zm-trackingid", TRACKING_ID);

    // --- The table of Zoom's replies ---

    @Test
    void takes204AsApplied() {
        var headers = Map.of("x-zm-trackingid", TRACKING_ID);

        var reply = reply(204, headers, "");

        assertThat(reply).isEqualTo(new ZoomReply(Verdict.APPLIED, 204, null, null, TRACKING_ID, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | 300  | Missing field: name                                           | MISSING_NAME",
                "400 | 300  | Missing field: name                                           | MISSING_NAME",
                "400 | 300  | Missing field: type                                           | REJECTED",
                "300 | 300  | Validation Failed.                                            | REJECTED",
                "400 | 300  | Validation Failed.                                            | REJECTED",
                "300 | 300  | Request Body should be a valid JSON object.                   | ENCODING_REFUSED",
                "400 | 300  | Request Body should be a valid JSON object.                   | ENCODING_REFUSED",
                "404 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                  | GROUP_NOT_FOUND",
                "404 | 4130 | IM group does not exist: SobVexyrQjqCkcxjpBWi6w.              | GROUP_NOT_FOUND",
                "409 | 4132 | Group name Finance is already in use.                         | NAME_TAKEN",
                "400 | 4132 | Group name Finance is already in use.                         | NAME_TAKEN",
                "415 | 300  | Unsupported Content Type                                      | ENCODING_REFUSED",
                "401 | 124  | Invalid access token.                                         | TOKEN_REFUSED",
                "401 | 124  | Access token is expired.                                      | TOKEN_REFUSED",
                "400 | 124  | Invalid access token.                                         | TOKEN_REFUSED",
                "400 | 4711 | 'Invalid access token, does not contain scopes:[imgroup:write:admin].' | SCOPE_MISSING",
                "400 | 4700 | 'Invalid access token, does not contain scopes.'              | SCOPE_MISSING",
                "400 | 104  | 'Invalid access token, does not contain scopes.'              | SCOPE_MISSING",
                "401 | 4711 | 'Invalid access token, does not contain scopes.'              | SCOPE_MISSING",
                "400 | 200  | Only available for Paid account.                              | ACCOUNT_NOT_ENTITLED",
                "200 | 200  | Only available for Paid account.                              | ACCOUNT_NOT_ENTITLED",
                "410 | 4137 | The IM Group APIs are no longer available.                    | API_GONE",
                "429 | 429  | You have reached the maximum per-second rate limit for this API. | TOO_MANY_REQUESTS",
                "429 | 4001 | You have reached the maximum per-second rate limit for this API. | TOO_MANY_REQUESTS",
                "429 | 429  | Too many concurrent requests.                                 | TOO_MANY_REQUESTS",
                "429 | 429  | You have reached the maximum daily rate limit for this API. Refer to the response"
                        + " header. | DAILY_LIMIT_SPENT",
                "400 | 429  | You have reached the maximum per-second rate limit for this API. | TOO_MANY_REQUESTS",
                "400 | 4001 | You have reached the maximum daily rate limit for this API.   | DAILY_LIMIT_SPENT",
                "500 | 500  | Internal error.                                               | UNAVAILABLE",
                "503 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                  | UNAVAILABLE",
                "502 | 124  | Invalid access token.                                         | UNAVAILABLE",
                // Of the app, the account, the token or the way: no event's.
                "400 | 4717 | The app has been disabled.                                    | APP_DEACTIVATED",
                "401 | 4717 | The app has been disabled.                                    | APP_DEACTIVATED",
                "403 | 4717 | The app has been disabled.                                    | APP_DEACTIVATED",
                "400 | 4702 | Invalid client.                                               | ACCOUNT_REFUSED",
                "400 | 4735 | Something of the account.                                     | ACCOUNT_REFUSED",
                "403 | 4799 | Something of the account.                                     | ACCOUNT_REFUSED",
                "404 | 2001 | Account does not exist.                                       | ACCOUNT_REFUSED",
                "400 | 2001 | Account not enabled.                                          | ACCOUNT_REFUSED",
                "403 | 1010 | 'The IP address 192.0.2.1 is not in the allow list.'          | ADDRESS_REFUSED",
                "400 | 300  | 'Your IP is not allowed to use this API.'                     | ADDRESS_REFUSED",
                "401 | 300  | Validation Failed.                                            | TOKEN_REFUSED",
                // Failures of Zoom under a status that blames the sender.
                "400 | -1   | System error                                                  | UNAVAILABLE",
                "400 | 500  | 'Internal error, try again later'                             | UNAVAILABLE",
                "403 | 503  | Busy.                                                         | UNAVAILABLE",
                // What an event says must not shape the verdict on it.
                "409 | 4132 | 'Group name IP allow list is already in use.'                 | NAME_TAKEN",
                "429 | 429  | You have exceeded the daily rate limit (100) of Update API requests permitted for this"
                        + " particular group. | GROUP_LIMIT_SPENT",
                // Zoom is known to report failures under 200.
                "200 | 300  | Missing field: name                                           | MISSING_NAME",
                "200 | 300  | Validation Failed.                                            | REJECTED",
                "200 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                  | GROUP_NOT_FOUND",
                "200 | 124  | Invalid access token.                                         | TOKEN_REFUSED",
                "200 | 9999 | Something is wrong.                                           | NOT_UNDERSTOOD",
                // Codes that nobody has told us of.
                "400 | 9999 | Something is wrong with the group.                            | REFUSAL_UNKNOWN",
                "403 | 9999 | Something is wrong with the group.                            | REFUSAL_UNKNOWN",
                "409 | 9999 | Something is in the way.                                      | REFUSAL_UNKNOWN",
                "400 | 300  | Invalid field.                                                | REFUSAL_UNKNOWN",
                "400 | 400  | Bad request.                                                  | REFUSAL_UNKNOWN",
                "400 | 400  | Validation Failed.                                            | REJECTED",
                "403 | 403  | Forbidden.                                                    | REFUSAL_UNKNOWN",
                "999 | 300  | Validation Failed of a proxy.                                 | REJECTED",
                "999 | 9999 | Something else.                                               | NOT_UNDERSTOOD",
                "401 | 9999 | Something is wrong with the token.                            | TOKEN_REFUSED",
                "404 | 1001 | User does not exist.                                          | NOT_UNDERSTOOD",
                "410 | 9999 | Gone.                                                         | API_GONE"
            })
    void takesZoomAtItsWord(int status, int code, String message, Verdict verdict) {
        var body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";

        var reply = reply(status, JSON, body);

        assertThat(reply).isEqualTo(new ZoomReply(verdict, status, code, message, TRACKING_ID, reply.retryAfter()));
    }

    @Test
    void tellsWhatZoomSaysOfEachField() {
        var body = "{\"code\":300,\"message\":\"Validation Failed.\",\"errors\":[{\"field\":\"name\",\"message\":\"Too"
                + " long.\"},{\"field\":\"type\",\"message\":\"Invalid field.\"}]}";

        var reply = reply(400, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(reply.message()).isEqualTo("Validation Failed. name: Too long.; type: Invalid field.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "body"})
    void blamesNoEventForAnEncodingThatTheErrorsOfFieldsName(String field) {
        var body = "{\"code\":300,\"message\":\"Validation Failed.\",\"errors\":[{\"field\":\"" + field
                + "\",\"message\":\"Request Body should be a valid JSON object.\"}]}";

        var reply = reply(400, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.ENCODING_REFUSED);
    }

    // --- Answers that are not Zoom's ---

    @ParameterizedTest
    @CsvSource({
        "200, NOT_UNDERSTOOD",
        "201, NOT_UNDERSTOOD",
        "300, NOT_UNDERSTOOD",
        "302, NOT_UNDERSTOOD",
        "400, NOT_UNDERSTOOD",
        "401, TOKEN_REFUSED",
        "403, NOT_UNDERSTOOD",
        "404, NOT_UNDERSTOOD",
        "405, NOT_UNDERSTOOD",
        "407, NOT_UNDERSTOOD",
        "408, UNAVAILABLE",
        "409, NOT_UNDERSTOOD",
        "410, API_GONE",
        "415, ENCODING_REFUSED",
        "418, NOT_UNDERSTOOD",
        "429, TOO_MANY_REQUESTS",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "599, UNAVAILABLE",
        "600, NOT_UNDERSTOOD",
        "999, NOT_UNDERSTOOD"
    })
    void blamesNoEventWithoutACodeOfZooms(int status, Verdict verdict) {
        var page = "<html><body>Bearer secret</body></html>";

        var reply = reply(status, Map.of("content-type", "text/html"), page);

        assertThat(reply.verdict()).isEqualTo(verdict);
        assertThat(reply.verdict().reason()).isEmpty();
        assertThat(reply.zoomCode()).isNull();
        assertThat(reply.message()).isEqualTo("an answer of 39 bytes, text/html, that is not one of Zoom's");
    }

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
    void describesWhatItDoesNotUnderstandAndDoesNotQuoteIt(String body) {
        var headers = Map.of("content-type", "application/xml");

        var reply = reply(404, headers, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.NOT_UNDERSTOOD);
        assertThat(reply.message())
                .isEqualTo("an answer of " + body.length() + " bytes, application/xml, that is not one of Zoom's");
    }

    @Test
    void describesAnEmptyAnswer() {
        var headers = Map.of("content-type", "application/json");

        var reply = reply(404, headers, "");

        assertThat(reply).isEqualTo(new ZoomReply(Verdict.NOT_UNDERSTOOD, 404, null, "an empty answer", null, null));
    }

    @Test
    void describesAnAnswerOfNoType() {
        var body = "Not found";

        var reply = reply(404, Map.of(), body);

        assertThat(reply.message()).isEqualTo("an answer of 9 bytes, of no type, that is not one of Zoom's");
    }

    @Test
    void understandsZoomWithoutAContentType() {
        var body = "{\"code\":4130,\"message\":\"Group does not exist:g.\"}";

        var reply = reply(404, Map.of(), body);

        assertThat(reply)
                .isEqualTo(new ZoomReply(Verdict.GROUP_NOT_FOUND, 404, 4130, "Group does not exist:g.", null, null));
    }

    @Test
    void understandsACodeWithoutAMessage() {
        var body = "{\"code\":4130}";

        var reply = reply(404, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.GROUP_NOT_FOUND);
        assertThat(reply.zoomCode()).isEqualTo(4130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void survivesAnAnswerWithoutEnd(String pattern) {
        var body = pattern.repeat(30_000);

        var reply = reply(502, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(reply.message()).startsWith("an answer of " + body.length() + " bytes");
    }

    @Test
    void survivesBytesThatAreNoText() {
        var body = new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1};

        var reply = ZoomReply.of(400, name -> null, body, NOW);

        assertThat(reply.verdict()).isEqualTo(Verdict.NOT_UNDERSTOOD);
        assertThat(reply.message()).isEqualTo("an answer of 4 bytes, of no type, that is not one of Zoom's");
    }

    // --- What is kept of an answer ---

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 400, 404, 429, 500, 503})
    void keepsTheTrackingIdOfEveryAnswer(int status) {
        var headers = Map.of("x-zm-trackingid", TRACKING_ID);

        var reply = reply(status, headers, "");

        assertThat(reply.trackingId()).isEqualTo(TRACKING_ID);
        assertThat(reply.httpStatus()).isEqualTo(status);
    }

    @Test
    void cutsALongMessage() {
        var body = "{\"code\":300,\"message\":\"" + "x".repeat(60_000) + "\"}";

        var reply = reply(400, JSON, body);

        assertThat(reply.message()).isEqualTo("x".repeat(500) + "\u2026");
    }

    @Test
    void cutsNoCharacterInHalf() {
        var body = "{\"code\":300,\"message\":\"" + "x".repeat(499) + "\ud83d\ude00\"}";

        var reply = reply(400, JSON, body);

        assertThat(reply.message()).isEqualTo("x".repeat(499) + "\ufffd\u2026");
    }

    @Test
    void makesOneLineOfAMessage() {
        var body = "{\"code\":300,\"message\":\" a\\r\\n\\tb\\u0000\\u001b[31mc\\u2028d\\u0085e \"}";

        var reply = reply(400, JSON, body);

        assertThat(reply.message()).isEqualTo("a b [31mc d e");
    }

    @Test
    void makesOneLineOfATrackingId() {
        var headers = Map.of("x-zm-trackingid", "rid\u001b[31m\u0007\tx" + "y".repeat(600));

        var reply = reply(204, headers, "");

        assertThat(reply.trackingId()).startsWith("rid [31m xyyy").hasSize(501);
    }

    @Test
    void saysHowLongZoomWantsNoRequest() {
        var reply = reply(503, Map.of("retry-after", "86400"), "");

        assertThat(reply).hasToString("UNAVAILABLE http=503 message=\"an empty answer\" retryAfter=PT24H");
    }

    @Test
    void saysOnOneLineWhatZoomAnswered() {
        var body = "{\"code\":4130,\"message\":\"Group does not exist:g.\"}";

        var reply = reply(404, JSON, body);

        assertThat(reply)
                .hasToString("GROUP_NOT_FOUND http=404 zoomCode=4130 message=\"Group does not exist:g.\" trackingId="
                        + TRACKING_ID);
    }

    @Test
    void takesNoAnswerForUnavailable() {
        var why = new SocketTimeoutException("Read\ntimed out");

        var reply = ZoomReply.unreachable(why);

        assertThat(reply)
                .isEqualTo(new ZoomReply(
                        Verdict.UNAVAILABLE,
                        null,
                        null,
                        "java.net.SocketTimeoutException: Read timed out",
                        null,
                        null));
        assertThat(reply).hasToString("UNAVAILABLE message=\"java.net.SocketTimeoutException: Read timed out\"");
    }

    @Test
    void takesNoAnswerForWantOfTrustIfThatIsWhy() {
        var unknown = new SSLHandshakeException("PKIX path building failed");
        unknown.initCause(new CertificateException("unable to find valid certification path"));

        assertThat(ZoomReply.unreachable(unknown).verdict()).isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(ZoomReply.unreachable(new SSLPeerUnverifiedException("another host"))
                        .verdict())
                .isEqualTo(Verdict.NOT_TRUSTED);
        assertThat(ZoomReply.unreachable(new SSLHandshakeException("closed during it"))
                        .verdict())
                .isEqualTo(Verdict.UNAVAILABLE);
    }

    // --- When to send again ---

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-05-31T00:00:00Z             | PT6270S",
                "2026-05-31T04:00:00Z             | PT20670S",
                "Sun, 31 May 2026 01:00:00 GMT    | PT9870S",
                "60                               | PT60S",
                "2027-05-31T00:00:00Z             | PT24H",
                "some day                         | PT6270S"
            })
    void waitsOnADailyLimitAsLongAsZoomSays(String retryAfter, Duration expected) {
        var headers = Map.of("retry-after", retryAfter);
        var body = "{\"code\":429,\"message\":\"You have reached the maximum daily rate limit for this API.\"}";

        var reply = reply(429, headers, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.DAILY_LIMIT_SPENT);
        assertThat(reply.retryAfter()).isEqualTo(expected);
    }

    @Test
    void waitsOnADailyLimitUntilMidnightUtcElse() {
        var body = "{\"code\":429,\"message\":\"You have reached the maximum daily rate limit for this API.\"}";

        var reply = reply(429, JSON, body);

        assertThat(reply.verdict()).isEqualTo(Verdict.DAILY_LIMIT_SPENT);
        assertThat(reply.retryAfter()).isEqualTo(Duration.parse("PT6270S"));
    }

    /** Zoom's day may begin a moment later than that of this clock, which must not cost a whole day. */
    @ParameterizedTest
    @CsvSource({
        "2026-05-31T00:00:00Z, PT5M",
        "2026-05-31T00:00:00.040Z, PT5M",
        "2026-05-31T00:59:59Z, PT5M",
        "2026-05-31T01:00:00Z, PT23H",
        "2026-05-31T23:59:59Z, PT1S"
    })
    void looksAtADailyLimitEachFiveMinutesInTheFirstHourOfTheDay(Instant now, Duration wait) {
        var body = "{\"code\":429,\"message\":\"You have reached the maximum daily rate limit for this API.\"}";

        var reply = ZoomReply.of(429, name -> null, body.getBytes(UTF_8), now);

        assertThat(reply.retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Daily-limit", "daily-limit", "DAILY"})
    void knowsADailyLimitByItsHeader(String type) {
        var headers = Map.of("x-ratelimit-type", type);

        var reply = reply(429, headers, "");

        assertThat(reply.verdict()).isEqualTo(Verdict.DAILY_LIMIT_SPENT);
        assertThat(reply.retryAfter()).isEqualTo(Duration.parse("PT6270S"));
    }

    @Test
    void knowsALimitPerSecondByItsHeader() {
        var headers = Map.of("x-ratelimit-type", "QPS", "x-ratelimit-category", "Light", "retry-after", "2");

        var reply = reply(429, headers, "");

        assertThat(reply.verdict()).isEqualTo(Verdict.TOO_MANY_REQUESTS);
        assertThat(reply.retryAfter()).isEqualTo(Duration.parse("PT2S"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 408, 500, 503})
    void waitsAsLongAsItIsAskedTo(int status) {
        var headers = Map.of("retry-after", "7");

        var reply = reply(status, headers, "");

        assertThat(reply.retryAfter()).isEqualTo(Duration.parse("PT7S"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 408, 500, 503})
    void namesNoTimeWhereNoneIsGiven(int status) {
        var headers = Map.of("retry-after", "soon");

        var reply = reply(status, headers, "");

        assertThat(reply.retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 401, 404})
    void asksNothingOfOtherAnswers(int status) {
        var headers = Map.of("retry-after", "7");

        var reply = reply(status, headers, "");

        assertThat(reply.retryAfter()).isNull();
    }

    private static ZoomReply reply(int status, Map<String, String> headers, String body) {
        Function<String, @Nullable String> header = name -> headers.get(name.toLowerCase(Locale.ROOT));
        return ZoomReply.of(status, header, body.getBytes(UTF_8), NOW);
    }
}
