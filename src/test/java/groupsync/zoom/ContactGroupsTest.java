package groupsync.zoom;

import static groupsync.zoom.Replies.JSON;
import static groupsync.zoom.Replies.TRACKING_ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contact groups, as Zoom's "Users" API documents them. */
class ContactGroupsTest {

    private final GroupsApi contacts = new ContactGroups();

    @ParameterizedTest
    @CsvSource({"shared, 1", "normal, 2", "restricted, 3"})
    void sendsTheTypeAsTheNumberOfThePrivacyThatMeansTheSame(String type, int privacy) throws Exception {
        var update =
                new GroupUpdate("dir.a", Map.of("description", "All of \"it\"\nand more", "name", "F", "type", type));

        var body = contacts.body(update, () -> "boundary");

        assertThat(body.getContentType()).isEqualTo("application/json");
        assertThat(new String(body.getContent().readAllBytes(), UTF_8))
                .isEqualTo("{\"name\":\"F\",\"privacy\":" + privacy
                        + ",\"description\":\"All of \\\"it\\\"\\nand more\"}");
    }

    @Test
    void leavesOutWhatDoesNotChange() throws Exception {
        var body = contacts.body(new GroupUpdate("dir.a", Map.of("description", "")), () -> "boundary");

        assertThat(new String(body.getContent().readAllBytes(), UTF_8)).isEqualTo("{\"description\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | 300  | A group with this groupId: dir.a does not exist.                   | GROUP_NOT_FOUND
            400 | 300  | Validation Failed.                                                 | REJECTED
            400 | 300  | Validation Failed. name: this name does not exist                  | REJECTED
            400 | 300  | Request Body should be a valid JSON object.                        | ENCODING_REFUSED
            415 | 300  | Unsupported Content Type                                           | ENCODING_REFUSED
            400 | 300  | Something else.                                                    | REFUSAL_UNKNOWN
            400 | 200  | Only available for paid account: q6gBJVO5TzexKYTb_I2rpg            | ACCOUNT_NOT_ENTITLED
            400 | 200  | Only available for Paid account, q6gBJVO5TzexKYTb_I2rpg            | ACCOUNT_NOT_ENTITLED
            400 | 200  | Only available for Paid account.                                   | ACCOUNT_NOT_ENTITLED
            400 | 300  | Only available for paid account: q6gBJVO5TzexKYTb_I2rpg            | ACCOUNT_NOT_ENTITLED
            400 | 4711 | Invalid access token, does not contain scopes:[contact_group:write:admin]. | SCOPE_MISSING
            400 | 104  | Invalid access token, does not contain scopes.                     | SCOPE_MISSING
            400 | 4700 | Invalid access token, does not contain scopes.                     | SCOPE_MISSING
            401 | 4700 | Invalid Access Token: The access token is invalid, expired, or missing required scopes. | TOKEN_OR_SCOPE_REFUSED
            401 | 124  | Access token is expired.                                           | TOKEN_REFUSED
            400 | 124  | Invalid access token.                                              | TOKEN_REFUSED
            404 | 2300 | This API endpoint is not recognized                                | NOT_UNDERSTOOD
            429 | 429  | You have reached the maximum per-second rate limit for this API.   | TOO_MANY_REQUESTS
            429 | 429  | You have reached the maximum daily rate limit for this API.        | DAILY_LIMIT_SPENT
            500 | 500  | Internal error.                                                    | UNAVAILABLE
            # Codes of IM groups.
            404 | 4130 | Group does not exist:dir.a.                                        | NOT_UNDERSTOOD
            400 | 300  | Missing field: name                                                | REJECTED
            """)
    void takesZoomAtItsWord(int status, int code, String message, Verdict verdict) {
        var reply = Replies.reply(contacts, status, JSON, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");

        assertThat(reply).isEqualTo(new ZoomReply(verdict, status, code, message, TRACKING_ID, reply.retryAfter()));
    }

    @ParameterizedTest
    @CsvSource({
        "SCOPE_MISSING, contact_group:write:admin",
        "LIST_SCOPE_MISSING, contact_group:read:admin",
        "ENCODING_REFUSED, JSON",
        "API_GONE, successor",
        "ACCOUNT_NOT_ENTITLED, paid plan"
    })
    void namesItsOwnScopesInRemedies(Verdict verdict, String words) {
        assertThat(contacts.remedy(verdict)).contains(words).doesNotContain("imgroup", "zoom.request-format");
    }

    @Test
    void asksForTheNextPageByItsTokenAlone() {
        assertThat(contacts.listQuery(null)).isEqualTo("page_size=50");
        assertThat(contacts.listQuery("a&b=c d")).isEqualTo("page_size=50&next_page_token=a%26b%3Dc%20d");
    }
}
