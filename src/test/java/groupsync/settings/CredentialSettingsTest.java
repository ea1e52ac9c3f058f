package groupsync.settings;

import static groupsync.settings.SettingsFixture.SECRET;
import static groupsync.settings.SettingsFixture.assertRefused;
import static groupsync.settings.SettingsFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSettingsTest {

    @TempDir
    Path directory;

    @Test
    void areAnAccountAClientAndItsSecret() throws IOException {
        var credentials = settings().credentials();

        assertThat(credentials.accountId()).contains("account");
        assertThat(credentials.clientId()).contains("client");
        assertThat(credentials.clientSecret().orElseThrow().read()).isEqualTo(SECRET);
        assertThat(credentials.accessToken()).isEmpty();
    }

    @Test
    void areATokenInstead() throws IOException {
        var settings = settings("zoom.account-id", "", "zoom.client-secret", "", "zoom.access-token", "eyJ");

        assertThat(settings.credentials().accessToken().orElseThrow().read()).isEqualTo("eyJ");
    }

    @Test
    void areReadFromAFileAnewEachTime() throws IOException {
        var file = Files.writeString(directory.resolve("secret"), "first\n");
        var settings = settings("zoom.client-secret", "", "zoom.client-secret-file", file.toString());
        var secret = settings.credentials().clientSecret().orElseThrow();
        assertThat(secret.read()).isEqualTo("first");

        Files.writeString(file, "second");

        assertThat(secret.read()).isEqualTo("second");
    }

    @Test
    void areRefusedIfTheirFileIsMissing() {
        var file = directory.resolve("secret").toString();

        assertRefused("zoom.client-secret", "", "zoom.client-secret-file", file)
                .hasMessageStartingWith("zoom.client-secret-file: cannot be read: ");
    }

    @Test
    void areRefusedIfTheyAreGivenTwice() throws IOException {
        var file = Files.writeString(directory.resolve("secret"), SECRET).toString();

        assertRefused("zoom.client-secret-file", file)
                .hasMessage(
                        "zoom.client-secret-file: is set, and zoom.client-secret is too: only one of them can hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoom.account-id", "zoom.client-id", "zoom.client-secret"})
    void areAllThreeNeeded(String key) {
        assertRefused(key, " ")
                .hasMessage(key
                        + ": is missing; set zoom.account-id, zoom.client-id and zoom.client-secret (or"
                        + " zoom.client-secret-file), or zoom.access-token (or zoom.access-token-file), or"
                        + " dry-run=true");
    }

    @Test
    void areNotNeededForADryRun() {
        var settings = settings("zoom.account-id", "", "dry-run", "true", "consumer.group", "rehearsal");

        assertThat(settings.forRoutes()).containsEntry("credentials.needed", "false");
    }

    @Test
    void areNeededForADryRunThatAsksZoom() {
        assertRefused("zoom.account-id", "", "dry-run", "compare", "consumer.group", "rehearsal")
                .hasMessageStartingWith("zoom.account-id: is missing; ")
                .hasMessageEndingWith(", or dry-run=true");
    }

    /** A dry run changes nothing in Zoom, but it requests the names of groups. */
    @Test
    void areNeededForADryRunThatResolvesNames() {
        assertRefused(
                        "zoom.account-id",
                        "",
                        "dry-run",
                        "true",
                        "consumer.group",
                        "rehearsal",
                        "events.group-names",
                        "true")
                .hasMessageStartingWith("zoom.account-id: is missing; ")
                .hasMessageEndingWith(", or events.group-names=false");
    }

    @ParameterizedTest
    @CsvSource({"zoom.client-secret", "zoom.access-token", "zoom.proxy-password"})
    void areKeptFromTheRoutes(String key) {
        var settings = settings("zoom.proxy-user", "me", "zoom.proxy-password", "hush", key, SECRET);

        assertThat(settings.forRoutes())
                .containsEntry("zoom.client-id", "client")
                .doesNotContainKey(key)
                .doesNotContainValue(SECRET);
    }
}
