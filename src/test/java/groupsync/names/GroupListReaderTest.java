package groupsync.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.zoom.GroupForm;
import groupsync.zoom.ImGroups;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import groupsync.zoom.ZoomResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupListReaderTest {

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final GroupNames names = new GroupNames(clock);
    private final GroupListReader list =
            new GroupListReader(new ImGroups(GroupForm.MULTIPART), names::startListing, names::listed, clock);

    @Test
    void knowsTheNamesThatZoomLists() {
        var reply = answered(200, """
                {"total_records": 2, "groups": [
                 {"id": "MIuNMURBTkuwfZ20jteRJg", "name": "Developers", "total_members": 200, "type": "normal"},
                 {"id": "SobVexyrQjqCkcxjpBWi6w", "name": "Z\u00fcrich"}]}""");

        assertThat(reply.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(names.areKnown()).isTrue();
        assertThat(names.groupsOf("Z\u00fcrich")).containsExactly("SobVexyrQjqCkcxjpBWi6w");
        assertThat(names.nameOf("MIuNMURBTkuwfZ20jteRJg")).isEqualTo("Developers");
    }

    @Test
    void passesOverWhatCanBeNoGroup() {
        var reply = answered(200, """
                {"groups": [5, {}, {"id": "", "name": "n"}, {"id": "a"}, {"name": "b"}, {"id": "c", "name": null},
                 {"id": "%s", "name": "n"}, {"id": "d", "name": "n"}]}""".formatted("i".repeat(257)));

        assertThat(reply.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(names.groupsOf("n")).containsExactly("d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    200 | <h1>Sign in</h1> | NOT_UNDERSTOOD
                    200 | {"groups": {}} | NOT_UNDERSTOOD
                    200 | {"total_records": 3, "groups": [{"id": "a", "name": "n"}]} | NOT_UNDERSTOOD
                    204 | `` | NOT_UNDERSTOOD
                    400 | {"code": 300, "message": "Validation Failed."} | NOT_UNDERSTOOD
                    404 | {"code": 4130, "message": "IM group does not exist: x."} | NOT_UNDERSTOOD
                    400 | {"code": 4711, "message": "Invalid access token, does not contain scopes:[x]"} | LIST_SCOPE_MISSING
                    401 | {"code": 124, "message": "Invalid access token."} | TOKEN_REFUSED
                    410 | {"code": 4137, "message": "The IM Group APIs are no longer available."} | API_GONE
                    429 | {"code": 429, "message": "You have reached the maximum per-second rate limit"} | TOO_MANY_REQUESTS
                    503 | `` | UNAVAILABLE
                    """)
    void saysWhyNothingIsListed(int status, String body, Verdict verdict) {
        var reply = answered(status, body);

        assertThat(reply.verdict()).isEqualTo(verdict);
        assertThat(names.areKnown()).isFalse();
    }

    private ZoomReply answered(int status, String body) {
        names.startListing();
        return list.read(ZoomResponse.of(status, header -> null, body.getBytes(UTF_8), clock.instant()));
    }
}
