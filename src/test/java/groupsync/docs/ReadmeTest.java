package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdate;
import groupsync.event.Outcome;
import groupsync.event.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README and the pages beside it describe the service as it is. */
class ReadmeTest {

    /** A link to a file of the project. */
    private static final Pattern LINK = Pattern.compile("]\\(((?!https?:)[^)#]+(?:#[^)]*)?)\\)");

    /** A class, and perhaps one of its members. */
    private static final Pattern CLASS = Pattern.compile("`((?:[A-Z][a-z]+){2,}|[A-Z][a-z]+IT)(?:\\.(\\w+))?`");

    private static final Set<String> FOREIGN =
            Set.of("CompactionProcessor", "DescribeConfigs", "HttpServer", "PartitionContexts", "ProcessingShard");

    private static String read(String file) {
        return read(Path.of(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theReadmeIsReadInOneSitting() {
        assertThat(read("README.md").lines()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void theReadmeLinksEachPage() throws IOException {
        var readme = read("README.md");

        assertThat(pages().filter(page -> !page.endsWith("README.md")))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(readme).contains("](" + page + ")"));
    }

    static Stream<Path> pages() throws IOException {
        try (var top = Files.list(Path.of(""));
                var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachLinkLeadsSomewhere(Path page) {
        var links =
                LINK.matcher(read(page)).results().map(link -> link.group(1)).toList();

        assertThat(links).allSatisfy(link -> {
            var file = page.resolveSibling(link.replaceAll("#.*", "")).normalize();
            assertThat(file).exists();
            if (link.contains("#")) {
                assertThat(anchors(file)).contains(link.replaceAll(".*#", ""));
            }
        });
    }

    /** The anchors that GitHub makes from headings. */
    private static List<String> anchors(Path page) {
        return read(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachNamedClassExists(Path page) throws IOException {
        var sources = sources();

        assertThat(CLASS.matcher(read(page)).results())
                .filteredOn(name -> !name.group(1).startsWith("ZoomGroupSync") && !FOREIGN.contains(name.group(1)))
                .filteredOn(name -> !exists(sources.get(name.group(1)), name.group(2)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    private static boolean exists(@Nullable Path source, @Nullable String member) {
        return source != null && (member == null || read(source).contains(member));
    }

    /** The file of each class. */
    private static Map<String, Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> other));
        }
    }

    @Test
    void eachReasonHasARemedy() {
        var events = read("docs/events.md");

        assertThat(Reason.values())
                .allSatisfy(
                        reason -> assertThat(events.lines()).anyMatch(line -> line.startsWith("| `" + reason + "` |")));
    }

    @Test
    void eachFieldOfAnUpdateIsDescribed() {
        var events = read("docs/events.md");

        assertThat(GroupUpdate.FIELDS)
                .allSatisfy(field -> assertThat(events.lines())
                        .anyMatch(line -> line.startsWith("| `") && line.contains("`" + field + "`")));
    }

    @Test
    void eachStatusOfAnOutcomeIsDescribed() {
        var events = read("docs/events.md");

        assertThat(Outcome.Status.values())
                .allSatisfy(
                        status -> assertThat(events.lines()).anyMatch(line -> line.startsWith("| `" + status + "` |")));
    }

    @Test
    void eachSettingHasItsDefault() throws IOException {
        var page = read("docs/settings.md");
        var settings = new Properties();
        settings.load(new StringReader(read("application.properties")));

        assertThat(settings.stringPropertyNames().stream().filter(key -> !key.startsWith("camel.")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(page.lines())
                        .anyMatch(line -> line.startsWith("| ")
                                && line.contains("`" + key + "`")
                                && (settings.getProperty(key).isBlank()
                                        || line.contains("| `" + settings.getProperty(key) + "` |"))));
    }

    @Test
    void composeCreatesTheTopicsAsInProduction() {
        assertThat(creations("docker-compose.yml"))
                .hasSize(3)
                .containsExactlyElementsOf(creations("docs/production.md"))
                .allMatch(line -> line.contains("retention.ms="))
                // Otherwise a record that compresses well could exceed the heap, and end the process after each
                // restart.
                .filteredOn(line -> line.contains("updates"))
                .singleElement()
                .asString()
                .contains("compression.type=uncompressed");
    }

    private static List<String> creations(String file) {
        return read(file)
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .filter(line -> line.startsWith("create zoom."))
                .toList();
    }
}
