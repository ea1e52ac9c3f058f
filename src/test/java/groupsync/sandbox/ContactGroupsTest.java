package groupsync.sandbox;

import static groupsync.sandbox.Caller.json;
import static groupsync.sandbox.Caller.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in's contact groups, as Zoom documents them. */
class ContactGroupsTest {

    private static final String SALES = "dir.JquKVDGlQ9K6S0QVWGcysw";
    private static final String PATH = "/contacts/groups/" + SALES;
    private static final String EXPIRED = "400/300 The next page token is invalid or expired.";

    private final ZoomStandIn zoom = new ZoomStandIn();
    private final Caller caller = new Caller(zoom);

    @AfterEach
    void close() {
        zoom.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name':'S','privacy':3,'description':'d'} | name=S, privacy=3, description=d
            {'name':'S'}                               | name=S, privacy=2, description=
            {'privacy':1}                              | name=Sales, privacy=1, description=
            {'description':'ü'}                        | name=Sales, privacy=2, description=ü
            {}                                         | name=Sales, privacy=2, description=
            """)
    void appliesTheFieldsOfAPatchAndKeepsTheOthers(String body, String settings) throws Exception {
        zoom.contactGroup(SALES, "Sales");

        var answer = caller.patch(PATH, body);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(zoom.settings(SALES))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name", value(settings, 0),
                        "privacy", value(settings, 1),
                        "description", value(settings, 2)));
    }

    private static String value(String settings, int index) {
        return settings.split(", ", -1)[index].replaceFirst(".*=", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json                | {'name':1}                    | 400/300 Validation Failed.name
            application/json                | {'name':null}                 | 400/300 Validation Failed.name
            application/json                | {'privacy':'1'}               | 400/300 Validation Failed.privacy
            application/json                | {'privacy':1.0}               | 400/300 Validation Failed.privacy
            application/json                | {'privacy':0}                 | 400/300 Validation Failed.privacy
            application/json                | {'privacy':4}                 | 400/300 Validation Failed.privacy
            application/json                | {'privacy':4294967297}        | 400/300 Validation Failed.privacy
            application/json                | {'description':{}}            | 400/300 Validation Failed.description
            application/json                | {'name':'n','type':'shared'}  | 400/300 Validation Failed.type
            application/json                | {'group_name':'n','name':[]}  | 400/300 Validation Failed.group_name,name
            application/json                | {'search_by_domain':true}     | 400/300 Validation Failed.search_by_domain
            application/json                | ['name']                      | 400/300 Request Body should be a valid JSON object.
            application/json                | {'name':                      | 400/300 Request Body should be a valid JSON object.
            application/json                | {'name':'n'} {}               | 400/300 Request Body should be a valid JSON object.
            application/json; charset=UTF-8 | ``                            | 400/300 Request Body should be a valid JSON object.
            multipart/form-data; boundary=b | --b--                         | 415/300 Unsupported Content Type
            text/plain                      | {'name':'n'}                  | 415/300 Unsupported Content Type
            ``                              | {'name':'n'}                  | 415/300 Unsupported Content Type
            """)
    void refusesAPatchThatIsNotAsDocumented(String type, String body, String refusal) throws Exception {
        zoom.contactGroup(SALES, "Sales");

        var answer = caller.send("PATCH", PATH, type, body);

        assertThat(told(answer)).isEqualTo(refusal);
        assertThat(zoom.settings(SALES)).containsEntry("name", "Sales");
    }

    @Test
    void twoGroupsMayHaveOneName() throws Exception {
        zoom.contactGroup(SALES, "Sales").contactGroup("dir.2", "Finance");

        var answer = caller.patch("/contacts/groups/dir.2", "{'name':'Sales'}");

        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "PATCH, true", "GET, false", "PATCH, false"})
    void refusesAnUnknownGroup(String method, boolean known) throws Exception {
        if (known) {
            zoom.unknown("dir.a/b");
        } else {
            zoom.contactGroup(SALES, "Sales");
        }

        var answer = caller.send(method, "/contacts/groups/dir.a%2Fb", "application/json", "{'name':'n'}");

        assertThat(told(answer)).isEqualTo("400/300 A group with this groupId: dir.a/b does not exist.");
        assertThat(zoom.requests())
                .singleElement()
                .matches(request -> request.groupId().equals("dir.a/b"));
    }

    @Test
    void getsAGroup() throws Exception {
        zoom.contactGroup(SALES, "Sales");
        caller.patch(PATH, "{'name':'S','privacy':3,'description':'d'}");

        var answer = caller.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().replace('"', '\''))
                .isEqualTo("{'group_id':'" + SALES
                        + "','group_name':'S','total_members':0,'group_privacy':3,'description':'d'}");
    }

    /** Until a group is added. */
    @Test
    void anyGroupExists() throws Exception {
        var changed = caller.patch(PATH, "{'name':'S'}");
        var other = caller.get("/contacts/groups/dir.other");

        assertThat(changed.statusCode()).isEqualTo(204);
        assertThat(json(other).path("group_name").asText()).isEqualTo("dir.other");
        assertThat(zoom.settings(SALES)).containsEntry("name", "S");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''             | 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10
            ?page_size=50  | 50, 50, 10
            ?page_size=27  | 27, 27, 27, 27, 2
            """)
    void listsTheGroupsInPages(String query, String sizes) throws Exception {
        for (var i = 0; i < 110; i++) {
            zoom.contactGroup("dir." + i, "Group " + i);
        }

        var pages = pages(query);

        assertThat(pages.stream().map(page -> String.valueOf(page.path("groups").size())))
                .containsExactly(sizes.split(", "));
        var groups = pages.stream().flatMap(page -> page.path("groups").findValuesAsText("group_name").stream());
        assertThat(groups).hasSize(110).doesNotHaveDuplicates();
        assertThat(zoom.lists()).isEqualTo(pages.size());
    }

    private List<JsonNode> pages(String query) throws IOException, InterruptedException {
        var pages = new ArrayList<JsonNode>();
        var token = "";
        do {
            var start = query.isEmpty() ? "?" : query + "&";
            pages.add(json(caller.get("/contacts/groups" + start + "next_page_token=" + token)));
            token = pages.get(pages.size() - 1).path("next_page_token").asText();
        } while (!token.isEmpty());
        return pages;
    }

    @Test
    void aPageHasTheDocumentedFields() throws Exception {
        zoom.contactGroup(SALES, "Sales");

        var answer = caller.get("/contacts/groups?page_size=50");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().replace('"', '\''))
                .isEqualTo("{'groups':[{'group_id':'" + SALES
                        + "','group_name':'Sales','group_privacy':2,'description':''}],"
                        + "'next_page_token':'','page_size':50}");
    }

    @ParameterizedTest
    @CsvSource({"0", "51", "-1", "ten"})
    void refusesAPageSizeThatIsNotDocumented(String size) throws Exception {
        var answer = caller.get("/contacts/groups?page_size=" + size);

        assertThat(told(answer)).isEqualTo("400/300 Validation Failed.page_size");
    }

    @Test
    void aPageTokenIsValidForFifteenMinutes() throws Exception {
        var clock = new TestClock("2026-05-30T10:00:00Z");
        zoom.timeOfDay(clock);
        for (var i = 0; i < 30; i++) {
            zoom.contactGroup("dir." + i, "Group " + i);
        }
        var token = json(caller.get("/contacts/groups")).path("next_page_token").asText();
        var next = "/contacts/groups?next_page_token=" + token;

        clock.advance(Duration.ofMinutes(14));
        var early = caller.get(next);
        clock.advance(Duration.ofMinutes(2));
        var late = caller.get(next);

        assertThat(json(early).path("groups")).hasSize(10);
        assertThat(told(late)).isEqualTo(EXPIRED);
    }

    @Test
    void aTestCanExpireThePageTokens() throws Exception {
        for (var i = 0; i < 30; i++) {
            zoom.contactGroup("dir." + i, "Group " + i);
        }
        var token = json(caller.get("/contacts/groups")).path("next_page_token").asText();

        zoom.expirePageTokens();

        assertThat(told(caller.get("/contacts/groups?next_page_token=" + token)))
                .isEqualTo(EXPIRED);
        assertThat(told(caller.get("/contacts/groups?next_page_token=made-up"))).isEqualTo(EXPIRED);
        assertThat(pages("?page_size=50")).hasSize(1);
        assertThat(zoom.lists()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /contacts/group/a",
        "POST, /contacts/groups",
        "PATCH, /contacts/groups/",
        "PATCH, /groups/a",
        "GET, /im/groupsy/a"
    })
    void knowsNoOtherAddress(String method, String path) throws Exception {
        var answer = caller.send(method, path, "application/json", "{'name':'n'}");

        assertThat(told(answer)).isEqualTo("404/2300 This API endpoint is not recognized.");
    }
}
