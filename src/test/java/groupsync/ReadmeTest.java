package groupsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the README shows is what there is. */
class ReadmeTest {

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
        assertThat(readme).contains(read("routes/apply-group-updates.camel.yaml"));
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
}
