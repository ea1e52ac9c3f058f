package groupsync.sandbox;

import static groupsync.sandbox.Caller.told;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account that Zoom has moved from IM groups to contact groups. */
class MovedAccountTest {

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final Caller caller = new Caller(zoom);

    @AfterEach
    void close() {
        zoom.close();
    }

    @ParameterizedTest
    @CsvSource({"PATCH, /im/groups/g1", "PATCH, /im/groups/other", "GET, /im/groups/g1", "GET, /im/groups"})
    void hasNoImGroups(String method, String path) throws Exception {
        zoom.group("g1", "Finance").moveAccount();

        var answer = caller.send(method, path, "application/json", "{'name':'n'}");

        assertThat(told(answer)).isEqualTo("410/4137 The IM Group APIs are no longer available.");
        assertThat(zoom.settings("g1")).containsEntry("name", "Finance");
    }

    @ParameterizedTest
    @CsvSource({"PATCH, /contacts/groups/dir.1, 204", "GET, /contacts/groups/dir.1, 200", "GET, /contacts/groups, 200"})
    void hasContactGroups(String method, String path, int status) throws Exception {
        zoom.contactGroup("dir.1", "Finance").moveAccount();

        var answer = caller.send(method, path, "application/json", "{'name':'n'}");

        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
