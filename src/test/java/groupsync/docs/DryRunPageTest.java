package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.event.Difference;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import org.junit.jupiter.api.Test;

/** The filters of docs/dry-run.md read the outcomes that the service writes. */
class DryRunPageTest {

    private static final Pattern FILTER = Pattern.compile("jq -(?:s|r|c) '([^']+)' run\\.json");
    private static final JsonMapper JSON = new JsonMapper();

    private static final Difference RENAME = new Difference("Finance", "Money");
    private static final Difference UNKNOWN = new Difference(null, true);

    private static final List<Outcome> RUN = List.of(
            at(1, Outcomes.of(Status.DRY_RUN).changes(Map.of("name", RENAME, "search_by_domain", UNKNOWN))),
            at(1, Outcomes.of(Status.DRY_RUN).changes(Map.of("name", RENAME, "search_by_domain", UNKNOWN))),
            at(2, Outcomes.of(Status.DRY_RUN).changes(Map.of("type", new Difference("normal", "shared")))),
            at(3, Outcomes.of(Status.DRY_RUN).changes(Map.of())),
            at(4, Outcomes.of(Status.DRY_RUN).changes(Map.of("search_by_domain", UNKNOWN))),
            at(5, Outcomes.refused(Status.DRY_RUN, Reason.GROUP_NOT_FOUND, "no such group")),
            at(6, Outcomes.refused(Status.REJECTED, Reason.INVALID_EVENT, "no name")));

    private static Outcome at(long offset, Outcomes outcome) {
        return outcome.event("hr-" + offset).source("updates", 0, offset).build();
    }

    /** The output of the page's filter with this number, for these inputs. */
    private static List<JsonNode> output(int number, List<JsonNode> inputs) throws Exception {
        var filters = FILTER.matcher(ProjectFile.text("docs/dry-run.md"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(filters).hasSize(4);
        var scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
        var outputs = new ArrayList<JsonNode>();
        for (var input : inputs) {
            JsonQuery.compile(filters.get(number), Versions.JQ_1_7).apply(scope, input, outputs::add);
        }
        return outputs;
    }

    private static List<JsonNode> run() {
        return RUN.stream().<JsonNode>map(JSON::valueToTree).toList();
    }

    @Test
    void theSummaryCountsEachEventOnceByItsResult() throws Exception {
        var summary = output(0, List.of(JSON.valueToTree(run())));

        assertThat(summary)
                .containsExactly(JSON.readTree("{\"events\":6,\"results\":{\"changed\":2,\"group-not-found\":1,"
                        + "\"invalid-event\":1,\"unchanged\":1,\"unknown\":1},\"fields\":{\"name\":1,\"type\":1}}"));
    }

    @Test
    void theListsShowTheirEvents() throws Exception {
        assertThat(output(1, run())).extracting(JsonNode::asText).containsExactly("hr-2\tg\tnormal\tshared");
        assertThat(output(2, run())).extracting(JsonNode::asText).containsExactly("hr-5\tg\tgroup-not-found");
        assertThat(output(3, run()))
                .extracting(line -> line.path("eventId").asText())
                .containsExactly("hr-1", "hr-1", "hr-4");
    }
}
