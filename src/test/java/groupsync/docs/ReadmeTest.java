package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.GroupUpdate;
import groupsync.event.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the pages beside it show is what there is. */
class ReadmeTest {

    /** To a file of the project. */
    private static final Pattern LINK = Pattern.compile("]\\(((?!https?:)[^)#]+(?:#[^)]*)?)\\)");

    private final String readme = read("README.md");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void showsTheFirstRouteAsItIs() {
        assertThat(read("docs/design.md")).contains(read("routes/apply-group-updates.camel.yaml"));
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
        var links = LINK.matcher(read(page.toString()))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links).allSatisfy(link -> {
            var file = page.resolveSibling(link.replaceAll("#.*", "")).normalize();
            assertThat(file).exists();
            if (link.contains("#")) {
                assertThat(anchors(file)).contains(link.replaceAll(".*#", ""));
            }
        });
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) {
        return read(page.toString())
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void saysWhatToDoAboutEachReason() {
        assertThat(Reason.values())
                .allSatisfy(
                        reason -> assertThat(readme.lines()).anyMatch(line -> line.startsWith("| `" + reason + "` |")));
    }

    @Test
    void namesEachFieldOfAnUpdate() {
        assertThat(GroupUpdate.FIELDS)
                .allSatisfy(field -> assertThat(readme.lines())
                        .anyMatch(line -> line.startsWith("| `") && line.contains("`" + field + "`")));
    }

    @Test
    void namesEachSettingWithItsDefault() throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(read("application.properties")));

        assertThat(settings.stringPropertyNames().stream().filter(key -> !key.startsWith("camel.")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(readme.lines())
                        .anyMatch(line -> line.startsWith("| ")
                                && line.contains("`" + key + "`")
                                && (settings.getProperty(key).isBlank()
                                        || line.contains("| `" + settings.getProperty(key) + "` |"))));
    }

    /** Of the topics: the trial is to behave as production does. */
    @Test
    void composeCreatesTheTopicsAsIsRecommended() {
        assertThat(creations("docker-compose.yml"))
                .hasSize(3)
                .containsExactlyElementsOf(creations("docs/production.md"))
                .allMatch(line -> line.contains("retention.ms="))
                // A record that is small in the topic and larger than the heap ends the process, and again after a
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
