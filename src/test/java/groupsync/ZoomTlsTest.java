package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.sandbox.ZoomStandIn;
import groupsync.settings.WrongSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to Zoom, whose certificates are of an authority that the JVM does not know. */
class ZoomTlsTest extends ShippedRoutes {

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static ZoomStandIn otherZoom;

    @BeforeAll
    static void startZoom() {
        certificates = new Certificates(directory);
        otherZoom = new ZoomStandIn(certificates.server(), Certificates.PASSWORD);
    }

    @AfterAll
    static void stopZoom() {
        otherZoom.close();
    }

    @Test
    void appliesUpdatesIfTheAuthorityIsConfigured() {
        groupSync.with("zoom.api-url", otherZoom.apiUrl()).with("zoom.token-url", otherZoom.tokenUrl());
        groupSync.with("zoom.ca-file", certificates.authority().toString());
        groupSync.receives("g1");

        groupSync.start();

        assertThat(topics.outcomes(1, "status")).containsExactly("APPLIED");
        assertThat(otherZoom.settings("g1")).containsEntry("name", "n");
    }

    @Test
    void pausesWithACauseIfTheTokenEndpointCannotBeTrusted() {
        groupSync.with("zoom.api-url", otherZoom.apiUrl()).with("zoom.token-url", otherZoom.tokenUrl());
        var before = otherZoom.tokenRequests();

        pausesWithoutTrust("no token from https://127.0.0.1:");

        assertThat(otherZoom.tokenRequests()).isEqualTo(before);
    }

    @Test
    void pausesWithACauseIfTheApiCannotBeTrusted() {
        groupSync.with("zoom.api-url", otherZoom.apiUrl());

        pausesWithoutTrust("SSLHandshakeException");
    }

    /** The certificate is for 127.0.0.1. */
    @Test
    void pausesIfTheCertificateIsOfAnotherHost() {
        groupSync.with("zoom.api-url", otherZoom.apiUrl().replace("127.0.0.1", "localhost"));
        groupSync.with("zoom.ca-file", certificates.authority().toString());

        pausesWithoutTrust("localhost");
    }

    private void pausesWithoutTrust(String why) {
        var before = otherZoom.requests().size();
        groupSync.receives("g1");

        groupSync.start();

        groupSync.healthSays("NOT_TRUSTED");
        assertThat(groupSync.health("").body()).contains(why, "zoom.ca-file");
        assertThat(otherZoom.requests()).hasSize(before);
        assertThat(topics.outcomes(0)).isEmpty();
        assertThat(topics.deadLetters(0)).isEmpty();
    }

    @Test
    void aFileThatHoldsNoCertificateStopsTheStart() throws IOException {
        var empty = Files.createTempFile(directory, "empty", ".pem").toString();
        groupSync.with("zoom.ca-file", empty);
        assertThatThrownBy(groupSync::start)
                .isInstanceOf(WrongSettingException.class)
                .hasMessageContaining("zoom.ca-file: '" + empty + "' is not a file with certificates in PEM");

        groupSync.with("zoom.ca-file", "/no/such/file.pem");
        assertThatThrownBy(groupSync::start).hasMessageContaining("NoSuchFileException");
    }
}
