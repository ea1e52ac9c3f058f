package groupsync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./mvnw} adds to Maven's own script, on a machine that has no Maven yet. */
class MavenWrapperTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    private HttpServer mirror;

    /** A mirror that has another Maven than the one that is wanted. */
    @BeforeEach
    void startMirror() throws IOException {
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        mirror.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, 5);
                exchange.getResponseBody().write("other".getBytes(StandardCharsets.UTF_8));
            }
        });
        mirror.start();
    }

    @AfterEach
    void stopMirror() {
        mirror.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + mirror.getAddress().getPort() + "/of/central/";
    }

    private void settings(String mirrorOf, String url) throws IOException {
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(home.resolve(".m2/settings.xml"), """
                <settings>
                  <!-- <mirror><mirrorOf>*</mirrorOf><url>http://127.0.0.1:1/commented</url></mirror> -->
                  <mirrors>
                    <mirror><mirrorOf>another</mirrorOf><url>http://127.0.0.1:1/another</url></mirror>
                    <mirror>
                      <url> %s </url>
                      <mirrorOf>%s</mirrorOf>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(url, mirrorOf));
    }

    private String run(Map<String, String> variables) throws IOException, InterruptedException {
        var output = home.resolve("output");
        var builder = new ProcessBuilder("sh", "mvnw", "--version")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> !List.of("PATH", "TMPDIR").contains(name));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        assertThat(builder.start().waitFor()).isNotZero();
        return Files.readString(output);
    }

    private void assertAskedTheMirrorAndRefusedItsMaven(String output) {
        assertThat(requests).singleElement().asString().startsWith("/of/central/org/apache/maven/apache-maven/");
        assertThat(output).contains("Failed to validate Maven distribution SHA-256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"central", "*", "external:*", "central, snapshots", "*,!internal"})
    void takesMavenFromTheMirrorOfTheSettingsAndVerifiesIt(String mirrorOf) throws Exception {
        settings(mirrorOf, url());

        var output = run(Map.of());

        assertAskedTheMirrorAndRefusedItsMaven(output);
    }

    @Test
    void takesMavenFromTheRepositoryOfTheEnvironmentFirst() throws Exception {
        settings("*", "http://127.0.0.1:1/settings");

        var output = run(Map.of("MVNW_REPOURL", url().replaceFirst("/$", "")));

        assertAskedTheMirrorAndRefusedItsMaven(output);
    }
}
