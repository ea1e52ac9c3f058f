package groupsync.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.zoom.ContactGroups;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomResponse;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of all contact groups comes in pages. */
class GroupPagesTest {

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final GroupNames names = new GroupNames(clock);
    private final GroupListReader list =
            new GroupListReader(new ContactGroups(), names::startListing, names::listed, clock);

    @Test
    void namesAreKnownAfterTheLastPage() {
        assertThat(query()).isEqualTo("page_size=50");
        assertThat(page("dir.a", "Finance", "t/1")).isEqualTo(Verdict.PAGE_LISTED);
        assertThat(names.areKnown()).isFalse();

        assertThat(query()).isEqualTo("page_size=50&next_page_token=t%2F1");
        assertThat(page("dir.b", "Sales", "")).isEqualTo(Verdict.FOUND);

        assertThat(names.areKnown()).isTrue();
        assertThat(names.groupsOf("Finance")).containsExactly("dir.a");
        assertThat(names.groupsOf("Sales")).containsExactly("dir.b");
        assertThat(query()).isEqualTo("page_size=50");
    }

    @Test
    void aFailedPageIsAskedForAgain() {
        query();
        page("dir.a", "Finance", "t1");
        query();
        assertThat(answered(503, "")).isEqualTo(Verdict.UNAVAILABLE);

        assertThat(query()).isEqualTo("page_size=50&next_page_token=t1");
        page("dir.b", "Sales", "");

        assertThat(names.groupsOf("Finance")).containsExactly("dir.a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"code": 300, "message": "The next page token is invalid or expired."}
            400 | {"code": 300, "message": "Validation Failed."}
            400 | {"code": 9999, "message": "Something else."}
            """)
    void aRefusedPageStartsTheListOver(int status, String body) {
        query();
        page("dir.a", "Deleted meanwhile", "t1");
        query();
        answered(status, body);

        assertThat(query()).isEqualTo("page_size=50");
        page("dir.b", "Sales", "");

        assertThat(names.groupsOf("Deleted meanwhile")).isEmpty();
        assertThat(names.groupsOf("Sales")).containsExactly("dir.b");
    }

    @Test
    void aTokenThatIsAboutToExpireStartsTheListOver() {
        query();
        page("dir.a", "Finance", "t1");
        clock.advance(Duration.ofMinutes(14).plusMillis(1));

        assertThat(query()).isEqualTo("page_size=50");
    }

    @Test
    void aRenameBetweenTwoPagesCounts() {
        query();
        page("dir.a", "Finance", "t1");
        query();
        names.sent("dir.a", "Money", Outcomes.of(Status.APPLIED).build());
        page("dir.b", "Sales", "");

        assertThat(names.groupsOf("Money")).containsExactly("dir.a");
        assertThat(names.groupsOf("Finance")).isEmpty();
    }

    private String query() {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        list.process(exchange);
        return exchange.getMessage().getHeader(Exchange.HTTP_QUERY, String.class);
    }

    private Verdict page(String id, String name, String next) {
        return answered(
                200,
                "{\"groups\":[{\"group_id\":\"" + id + "\",\"group_name\":\"" + name + "\"}],\"next_page_token\":\""
                        + next + "\"}");
    }

    private Verdict answered(int status, String body) {
        return list.read(ZoomResponse.of(status, header -> null, body.getBytes(UTF_8), clock.instant()))
                .verdict();
    }
}
