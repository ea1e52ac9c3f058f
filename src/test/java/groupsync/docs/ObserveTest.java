package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.GroupSyncFixture;
import groupsync.Scrape;
import groupsync.sandbox.StandInReply;
import groupsync.zoom.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queries of dashboard and alerts match the metrics. {@code observe/alerts.test.yml} tests the alerts themselves. */
class ObserveTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:zoom_group_sync|jvm|process|system|kafka)_[a-z_]+");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)=~?\"([^\"]*)\"");

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    private static List<JsonNode> rules() {
        return ProjectFile.yaml("observe/alerts.yml").findValues("rules").stream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    /** The texts of a field of all rules. */
    private static List<String> texts(String field) {
        return rules().stream().map(rule -> rule.path(field).asText()).toList();
    }

    private static List<JsonNode> panels() {
        return ProjectFile.yaml("observe/grafana/dashboards/zoom-group-sync.json")
                .findParents("targets");
    }

    private static List<String> expressions() {
        return Stream.concat(
                        texts("expr").stream(),
                        panels().stream().flatMap(panel -> panel.findValuesAsText("expr").stream()))
                .toList();
    }

    /** The metrics of a service after each kind of request, a probe included. */
    private Scrape scrape() {
        groupSync.zoom().answers(StandInReply.zoom(400, 200, "Only available for Paid account."));
        groupSync.start();
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");
        groupSync.topics().outcomes(1);
        await().until(() -> groupSync.metrics().value("zoom_group_sync_kafka_up") == 1);
        return groupSync.metrics();
    }

    @Test
    void eachQueriedMetricExists() {
        var names = scrape().series().stream().map(Scrape.Series::name).collect(Collectors.toSet());

        var asked = expressions().stream()
                .flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(names).containsAll(asked);
    }

    @Test
    void eachQueriedLabelExistsWithItsValue() {
        var series = scrape().series();
        var verdicts = Arrays.stream(Verdict.values())
                .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        var selectors = expressions().stream()
                .flatMap(expression -> SELECTOR.matcher(expression).results())
                .toList();

        assertThat(selectors)
                .isNotEmpty()
                .allSatisfy(selector -> MATCHER.matcher(selector.group(2))
                        .results()
                        .forEach(matcher -> {
                            var label = matcher.group(1);
                            var known = series.stream()
                                    .filter(one -> one.name().equals(selector.group(1)))
                                    .flatMap(one ->
                                            Stream.ofNullable(one.labels().get(label)))
                                    .collect(Collectors.toSet());
                            assertThat(known)
                                    .as(label + " of " + selector.group(1))
                                    .isNotEmpty();
                            // The first request with a verdict creates its series.
                            assertThat(label.equals("verdict") ? verdicts : known)
                                    .contains(matcher.group(2).split("\\|"));
                        }));
    }

    @Test
    void eachCauseOfAPauseRaisesAnAlert() {
        var causes = scrape().series().stream()
                .filter(series -> series.name().equals("zoom_group_sync_paused"))
                .map(series -> series.labels().get("cause"))
                .toList();

        var alerted = texts("expr").stream()
                .flatMap(expression -> MATCHER.matcher(expression).results())
                .filter(matcher -> matcher.group(1).equals("cause"))
                .flatMap(matcher -> Arrays.stream(matcher.group(2).split("\\|")))
                .toList();

        assertThat(alerted).containsExactlyInAnyOrderElementsOf(causes);
    }

    @Test
    void eachAlertHasATestAndAPlaceInTheRunbook() {
        var tests = ProjectFile.text("observe/alerts.test.yml");
        var runbook = ProjectFile.text("docs/runbook.md");

        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            var name = rule.path("alert").asText();
            assertThat(tests)
                    .contains("alertname: " + name + "\n        exp_alerts:")
                    .as("no alert while all is well")
                    .contains("eval_time: 50m, alertname: " + name + "}");
            assertThat(runbook).contains("\n## " + name + "\n");
            assertThat(rule.path("annotations").path("runbook").asText())
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
        });
        assertThat(Pattern.compile("^## (.*)$", Pattern.MULTILINE)
                        .matcher(runbook)
                        .results()
                        .map(heading -> heading.group(1)))
                .containsExactlyInAnyOrderElementsOf(texts("alert"));
    }

    @Test
    void eachPanelHasATitleAndQueries() {
        assertThat(panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
    }
}
