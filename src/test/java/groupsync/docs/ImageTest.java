package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/**
 * The image's labels, and the Dockerfile's search for secrets in application.properties, which every user of the image can
 * read.
 */
class ImageTest {

    private static final Pattern QUESTION = Pattern.compile("if grep -qiE '([^']+)' application\\.properties");

    @TempDir
    Path directory;

    @Test
    void isBuiltWithTheSettingsAsTheyAre() throws Exception {
        assertThat(isRefused(Path.of("application.properties"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zoom.client-secret=s3cret",
                "zoom.client-secret = s3cret",
                " zoom.client-secret : s3cret",
                "zoom.client-secret s3cret",
                "zoom.access-token = eyJ",
                "zoom.proxy-password = s3cret",
                "zoom.client\\-secret = s3cret",
                "zoom.client-secre\\u0074 = s3cret",
                "zoom.client-secret = \\\n  s3cret",
                "camel.component.kafka.sasl-password = hunter2",
                "camel.component.kafka.saslPassword=hunter2",
                "camel.component.kafka.sasl-jaas-config = a.b.Module required password=\"p\";",
                "camel.component.kafka.ssl-key-password = hunter2",
                "camel.component.kafka.ssl-keystore-password = hunter2",
                "camel.component.kafka.ssl-truststore-password: hunter2",
                "camel.component.kafka.oauth-client-secret = hunter2",
                "camel.component.kafka.additional-properties[sasl.jaas.config] = a",
                "camel.component.kafka.additional-properties[ssl.keystore.key] = a"
            })
    void isNotBuiltWithASecret(String line) throws Exception {
        var settings = directory.resolve("application.properties");
        Files.writeString(settings, Files.readString(Path.of("application.properties")) + line + "\n");

        assertThat(isRefused(settings)).isTrue();
    }

    @Test
    void isBuiltWithTheNameOfAFileThatHoldsTheSecret() throws Exception {
        var settings = directory.resolve("application.properties");
        Files.writeString(settings, """
            zoom.client-secret =
            zoom.client-secret-file = /run/secrets/client-secret
            # camel.component.kafka.sasl-password = as you like
            camel.component.kafka.ssl-keystore-location = /etc/key
            zoom.token-url = https://zoom.us/oauth/token
            """);

        assertThat(isRefused(settings)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"title, name", "description, description", "licenses, licenses/license/name", "url, url", "source, url"
    })
    void isLabelledAsTheProject(String label, String element) throws Exception {
        assertThat(ProjectFile.text("Dockerfile"))
                .contains("org.opencontainers.image." + label + "=\"" + project(element) + "\"");
    }

    /** The version before its release, too: an image of it names the coming version and its revision. */
    @Test
    void isLabelledWithTheVersion() throws Exception {
        var version = project("version").replace("-SNAPSHOT", "");

        assertThat(ProjectFile.text("Dockerfile")).contains("\nARG VERSION=" + version + "\n");
    }

    /** The text of an element of the pom.xml. */
    private static String project(String element) throws Exception {
        var text = XPathFactory.newInstance()
                .newXPath()
                .evaluate("/*/" + element.replaceAll("\\w+", "*[local-name()='$0']"), new InputSource("pom.xml"));
        assertThat(text).isNotBlank();
        return text;
    }

    private static boolean isRefused(Path settings) throws IOException, InterruptedException {
        var question = QUESTION.matcher(Files.readString(Path.of("Dockerfile")));
        assertThat(question.find()).isTrue();
        return new ProcessBuilder("grep", "-qiE", question.group(1), settings.toString())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
