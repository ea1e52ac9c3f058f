package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.release.Version;
import groupsync.sandbox.ZoomStandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to Zoom leads through an HTTP proxy: without it, zoom.test is the name of no host. */
class ProxyTest {

    private static final String PASSWORD = "of-a-proxy-5d0e";

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static ZoomStandIn zoom;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    private final HttpProxyStandIn proxy = new HttpProxyStandIn();

    @BeforeAll
    static void startZoom() {
        certificates = new Certificates(directory);
        zoom = new ZoomStandIn(certificates.server(), Certificates.PASSWORD);
    }

    @AfterAll
    static void stopZoom() {
        zoom.close();
    }

    @BeforeEach
    void zoomIsBehindTheProxy() {
        groupSync
                .with("zoom.api-url", zoom.apiUrl().replace("127.0.0.1", "zoom.test"))
                .with("zoom.token-url", zoom.tokenUrl().replace("127.0.0.1", "zoom.test"))
                .with("zoom.ca-file", certificates.authority().toString())
                .with("zoom.proxy", proxy.url());
    }

    @AfterEach
    void stopProxy() {
        groupSync.stop();
        proxy.close();
    }

    private static String tunnel() {
        return "CONNECT zoom.test:" + URI.create(zoom.apiUrl()).getPort() + " HTTP/1.1";
    }

    private void isApplied() {
        assertThat(groupSync.topics().outcomes(1).get(0).path("status").asText())
                .isEqualTo("APPLIED");
    }

    @Test
    void tokenAndUpdatesGoThroughTunnels() {
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        isApplied();
        assertThat(proxy.heads())
                .hasSize(2)
                .allSatisfy(head -> assertThat(head)
                        .startsWith(tunnel())
                        .contains("User-Agent: " + Version.USER_AGENT + "\r\n")
                        .doesNotContain("Authorization"));
    }

    @Test
    void theProxyIsToldUserAndPasswordAndZoomIsNot() throws IOException {
        proxy.wants("service", PASSWORD);
        var file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        groupSync.with("zoom.proxy-user", "service").with("zoom.proxy-password-file", file.toString());
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        isApplied();
        assertThat(proxy.heads())
                .allSatisfy(head -> assertThat(head).startsWith(tunnel()).doesNotContain("\r\nAuthorization"));
        assertThat(zoom.requests())
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Proxy-Authorization"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502, 503})
    void pausesWhileTheProxyGivesNoWayToTheTokenAndGoesOn(int status) {
        proxy.refuses(status);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();
        pausesBecauseOfTheProxy(status);
        proxy.refuses(0);

        isApplied();
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502, 503})
    void pausesWhileTheProxyGivesNoWayToTheApiAndGoesOn(int status) {
        groupSync.with("zoom.access-token", zoom.newToken());
        proxy.refuses(status);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();
        pausesBecauseOfTheProxy(status);
        proxy.refuses(0);

        isApplied();
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    private void pausesBecauseOfTheProxy(int status) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(groupSync.health("").body())
                        .contains("PROXY_REFUSED", " answers " + status + " ", "zoom.proxy-password-file"));
    }

    /** With http instead of https, which only tests and sandboxes have, the proxy hands each request on. */
    @Test
    void requestsWithoutTlsGoThroughItToo() {
        proxy.wants("service", PASSWORD);
        groupSync
                .with("zoom.api-url", groupSync.zoom().apiUrl().replace("127.0.0.1", "zoom.test"))
                .with("zoom.token-url", groupSync.zoom().tokenUrl().replace("127.0.0.1", "zoom.test"))
                .with("zoom.proxy-user", "service")
                .with("zoom.proxy-password", PASSWORD);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        isApplied();
        assertThat(groupSync.zoom().requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .hasSize(1);
    }

    @Test
    void aWrongPasswordPausesAlsoWithoutTls() {
        proxy.wants("service", "another");
        groupSync
                .with("zoom.api-url", groupSync.zoom().apiUrl())
                .with("zoom.token-url", groupSync.zoom().tokenUrl())
                .with("zoom.proxy-user", "service")
                .with("zoom.proxy-password", PASSWORD);

        groupSync.start();

        pausesBecauseOfTheProxy(407);
        assertThat(groupSync.health("").body()).doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "zoom.us, 127.0.0.1"})
    void hostsThatAreExceptedAreReachedWithoutIt(String direct) {
        proxy.refuses(503);
        groupSync
                .with("zoom.api-url", zoom.apiUrl())
                .with("zoom.token-url", zoom.tokenUrl())
                .with("zoom.no-proxy", direct);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        isApplied();
        assertThat(proxy.heads()).isEmpty();
    }
}
