package groupsync.zoom;

import static groupsync.zoom.Replies.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zoom's errors come in several forms. */
class ErrorBodiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | {"code":404,"message":"Not found."} | NOT_UNDERSTOOD | Not found.
            401 | {"code":401,"message":"Unauthorized."} | TOKEN_REFUSED | Unauthorized.
            403 | {"code":403,"message":"Forbidden."} | REFUSAL_UNKNOWN | Forbidden.
            400 | {"errors":[{"field":"name","message":"Too long."}]} | REFUSAL_UNKNOWN | name: Too long.
            400 | {"code":4711,"error_message":"Invalid access token, does not contain scopes."} | SCOPE_MISSING | Invalid access token, does not contain scopes.
            200 | {"status":false,"errorCode":401,"errorMessage":"Sign in."} | TOKEN_REFUSED | Sign in.
            401 | {"status":false,"errorCode":401} | TOKEN_REFUSED | an answer of 32 bytes, application/json;charset=UTF-8, that is not one of Zoom's
            """)
    void areAllRead(int status, String body, Verdict verdict, String message) {
        var reply = Replies.reply(status, JSON, body);

        assertThat(reply.verdict()).isEqualTo(verdict);
        assertThat(reply.message()).isEqualTo(message);
    }
}
