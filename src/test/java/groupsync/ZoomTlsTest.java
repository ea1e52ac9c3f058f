package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ZoomStandIn;
import groupsync.settings.WrongSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The way to Zoom, whose certificates are of an authority that the JVM does not know. */
class ZoomTlsTest {

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static ZoomStandIn zoom;

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @BeforeAll
    static void startZoom() {
        certificates = new Certificates(directory);
        zoom = new ZoomStandIn(certificates.server(), Certificates.PASSWORD);
    }

    @AfterAll
    static void stopZoom() {
        zoom.close();
    }

    @Test
    void appliesWhatItIsSentIfTheAuthorityIsNamed() {
        groupSync.with("zoom.api-url", zoom.apiUrl()).with("zoom.token-url", zoom.tokenUrl());
        groupSync.with("zoom.ca-file", certificates.authority().toString());
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        assertThat(groupSync.topics().outcomes(1).get(0).path("status").asText())
                .isEqualTo("APPLIED");
        assertThat(zoom.settings("g1")).containsEntry("name", "n");
    }

    @Test
    void pausesWithACauseIfTheTokenEndpointCannotBeTrusted() {
        groupSync.with("zoom.api-url", zoom.apiUrl()).with("zoom.token-url", zoom.tokenUrl());
        var before = zoom.tokenRequests();

        pausesBecauseNobodyIsTrusted("no token from https://127.0.0.1:");

        assertThat(zoom.tokenRequests()).isEqualTo(before);
    }

    @Test
    void pausesWithACauseIfTheApiCannotBeTrusted() {
        groupSync.with("zoom.api-url", zoom.apiUrl());

        pausesBecauseNobodyIsTrusted("SSLHandshakeException");
    }

    /** The certificate is for 127.0.0.1. */
    @Test
    void pausesIfTheCertificateIsOfAnotherHost() {
        groupSync.with("zoom.api-url", zoom.apiUrl().replace("127.0.0.1", "localhost"));
        groupSync.with("zoom.ca-file", certificates.authority().toString());

        pausesBecauseNobodyIsTrusted("localhost");
    }

    private void pausesBecauseNobodyIsTrusted(String why) {
        var before = zoom.requests().size();
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        groupSync.start();

        await().untilAsserted(() -> assertThat(groupSync.health("").body()).contains("NOT_TRUSTED"));
        assertThat(groupSync.health("").body()).contains(why, "zoom.ca-file");
        assertThat(zoom.requests()).hasSize(before);
        assertThat(groupSync.topics().outcomes(0)).isEmpty();
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
    }

    @Test
    void aFileThatHoldsNoCertificateStopsTheStart() throws IOException {
        var empty = Files.createTempFile(directory, "empty", ".pem").toString();
        groupSync.with("zoom.ca-file", empty);
        assertThatThrownBy(groupSync::start)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("zoom.ca-file: '" + empty + "' is not a file with certificates in PEM");

        groupSync.with("zoom.ca-file", "/no/such/file.pem");
        assertThatThrownBy(groupSync::start)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("NoSuchFileException");
    }
}
