package groupsync.zoom;

import static groupsync.zoom.Replies.JSON;
import static groupsync.zoom.Replies.TRACKING_ID;
import static groupsync.zoom.Replies.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdict on each response that Zoom, or a host between, is known to give. */
class ReplyTableTest {

    @Test
    void takes204AsApplied() {
        assertThat(reply(204, Map.of("x-zm-trackingid", TRACKING_ID), ""))
                .isEqualTo(new ZoomReply(Verdict.APPLIED, 204, null, null, TRACKING_ID, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300 | 300  | Missing field: name                                                        | MISSING_NAME
            400 | 300  | Missing field: name                                                        | MISSING_NAME
            400 | 300  | Missing field: type                                                        | REJECTED
            300 | 300  | Validation Failed.                                                         | REJECTED
            400 | 300  | Validation Failed.                                                         | REJECTED
            300 | 300  | Request Body should be a valid JSON object.                                | ENCODING_REFUSED
            400 | 300  | Request Body should be a valid JSON object.                                | ENCODING_REFUSED
            404 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                               | GROUP_NOT_FOUND
            404 | 4130 | IM group does not exist: SobVexyrQjqCkcxjpBWi6w.                           | GROUP_NOT_FOUND
            409 | 4132 | Group name Finance is already in use.                                      | NAME_TAKEN
            400 | 4132 | Group name Finance is already in use.                                      | NAME_TAKEN
            415 | 300  | Unsupported Content Type                                                   | ENCODING_REFUSED
            401 | 124  | Invalid access token.                                                      | TOKEN_REFUSED
            401 | 124  | Access token is expired.                                                   | TOKEN_REFUSED
            400 | 124  | Invalid access token.                                                      | TOKEN_REFUSED
            400 | 4711 | Invalid access token, does not contain scopes:[imgroup:write:admin].       | SCOPE_MISSING
            400 | 4700 | Invalid access token, does not contain scopes.                             | SCOPE_MISSING
            400 | 104  | Invalid access token, does not contain scopes.                             | SCOPE_MISSING
            401 | 4711 | Invalid access token, does not contain scopes.                             | SCOPE_MISSING
            401 | 4700 | Invalid Access Token: The access token is invalid, expired, or missing required scopes. | TOKEN_OR_SCOPE_REFUSED
            400 | 200  | Only available for Paid account, q6gBJVO5TzexKYTb_I2rpg                    | ACCOUNT_NOT_ENTITLED
            400 | 200  | Only available for paid account: q6gBJVO5TzexKYTb_I2rpg                    | ACCOUNT_NOT_ENTITLED
            404 | 2300 | This API endpoint is not recognized                                        | NOT_UNDERSTOOD
            400 | 200  | Only available for Paid account.                                           | ACCOUNT_NOT_ENTITLED
            200 | 200  | Only available for Paid account.                                           | ACCOUNT_NOT_ENTITLED
            410 | 4137 | The IM Group APIs are no longer available.                                 | API_GONE
            429 | 429  | You have reached the maximum per-second rate limit for this API.           | TOO_MANY_REQUESTS
            429 | 4001 | You have reached the maximum per-second rate limit for this API.           | TOO_MANY_REQUESTS
            429 | 429  | Too many concurrent requests.                                              | TOO_MANY_REQUESTS
            429 | 429  | You have reached the maximum daily rate limit for this API. Refer to the response header. | DAILY_LIMIT_SPENT
            400 | 429  | You have reached the maximum per-second rate limit for this API.           | TOO_MANY_REQUESTS
            400 | 4001 | You have reached the maximum daily rate limit for this API.                | DAILY_LIMIT_SPENT
            500 | 500  | Internal error.                                                            | UNAVAILABLE
            503 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                               | UNAVAILABLE
            502 | 124  | Invalid access token.                                                      | UNAVAILABLE
            # The app, the account, the token or the network is at fault.
            400 | 4717 | The app has been disabled.                                                 | APP_DEACTIVATED
            401 | 4717 | The app has been disabled.                                                 | APP_DEACTIVATED
            403 | 4717 | The app has been disabled.                                                 | APP_DEACTIVATED
            400 | 4702 | Invalid client.                                                            | ACCOUNT_REFUSED
            400 | 4735 | Something of the account.                                                  | ACCOUNT_REFUSED
            403 | 4799 | Something of the account.                                                  | ACCOUNT_REFUSED
            404 | 2001 | Account does not exist.                                                    | ACCOUNT_REFUSED
            400 | 2001 | Account not enabled.                                                       | ACCOUNT_REFUSED
            403 | 1010 | The IP address 192.0.2.1 is not in the allow list.                         | ADDRESS_REFUSED
            400 | 300  | Your IP is not allowed to use this API.                                    | ADDRESS_REFUSED
            401 | 300  | Validation Failed.                                                         | TOKEN_REFUSED
            # Failures of Zoom under a status that blames the sender.
            400 | -1   | System error                                                               | UNAVAILABLE
            400 | 500  | Internal error, try again later                                            | UNAVAILABLE
            403 | 503  | Busy.                                                                      | UNAVAILABLE
            # A group's name must not shape the verdict.
            409 | 4132 | Group name IP allow list is already in use.                                | NAME_TAKEN
            429 | 429  | You have exceeded the daily rate limit (100) of Update API requests permitted for this particular group. | GROUP_LIMIT_SPENT
            # Zoom is known to report failures under 200.
            200 | 300  | Missing field: name                                                        | MISSING_NAME
            200 | 300  | Validation Failed.                                                         | REJECTED
            200 | 4130 | Group does not exist:SobVexyrQjqCkcxjpBWi6w.                               | GROUP_NOT_FOUND
            200 | 124  | Invalid access token.                                                      | TOKEN_REFUSED
            200 | 9999 | Something is wrong.                                                        | NOT_UNDERSTOOD
            # Unknown codes.
            400 | 9999 | Something is wrong with the group.                                         | REFUSAL_UNKNOWN
            403 | 9999 | Something is wrong with the group.                                         | REFUSAL_UNKNOWN
            409 | 9999 | Something is in the way.                                                   | REFUSAL_UNKNOWN
            400 | 300  | Invalid field.                                                             | REFUSAL_UNKNOWN
            400 | 400  | Bad request.                                                               | REFUSAL_UNKNOWN
            400 | 400  | Validation Failed.                                                         | REJECTED
            403 | 403  | Forbidden.                                                                 | REFUSAL_UNKNOWN
            999 | 300  | Validation Failed of a proxy.                                              | REJECTED
            999 | 9999 | Something else.                                                            | NOT_UNDERSTOOD
            401 | 9999 | Something is wrong with the token.                                         | TOKEN_REFUSED
            404 | 1001 | User does not exist.                                                       | NOT_UNDERSTOOD
            410 | 9999 | Gone.                                                                      | API_GONE
            """)
    void takesZoomAtItsWord(int status, int code, String message, Verdict verdict) {
        var reply = reply(status, code, message);

        assertThat(reply).isEqualTo(new ZoomReply(verdict, status, code, message, TRACKING_ID, reply.retryAfter()));
    }

    @Test
    void hasTheMessageOfEachField() {
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

        assertThat(reply(400, JSON, body).verdict()).isEqualTo(Verdict.ENCODING_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "200 201 300 302 400 403 404 405 407 409 418 600 999, NOT_UNDERSTOOD",
        "408 500 502 503 504 599, UNAVAILABLE",
        "401, TOKEN_REFUSED",
        "410, API_GONE",
        "415, ENCODING_REFUSED",
        "429, TOO_MANY_REQUESTS"
    })
    void blamesNoEventWithoutACodeOfZooms(String statuses, Verdict verdict) {
        assertThat(verdict.reason()).isEmpty();
        assertThat(Arrays.stream(statuses.split(" ")).map(Integer::valueOf)).allSatisfy(status -> {
            var reply = reply(status, Map.of("content-type", "text/html"), "<html><body>Bearer secret</body></html>");

            var message = "an answer of 39 bytes, text/html, that is not one of Zoom's";
            assertThat(reply).isEqualTo(new ZoomReply(verdict, status, null, message, null, null));
        });
    }
}
