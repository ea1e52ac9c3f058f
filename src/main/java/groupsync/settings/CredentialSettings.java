package groupsync.settings;

import groupsync.zoom.AccessToken;
import groupsync.zoom.DryRun;
import groupsync.zoom.OAuthTokens;
import groupsync.zoom.Secret;
import groupsync.zoom.TokenSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The access token for Zoom, or the three credentials that a token is requested with. All are empty if none is needed. */
public record CredentialSettings(
        Optional<Secret> accessToken,
        Optional<String> accountId,
        Optional<String> clientId,
        Optional<Secret> clientSecret) {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    static CredentialSettings of(SettingReader reader, Settings.Events events) {
        var sends = events.dryRun() != DryRun.TRUE;
        // Without updates, it requests the names of groups.
        var needed = sends || events.groupNames();
        reader.forRoutes("credentials.needed", String.valueOf(needed));
        return of(reader, needed, ", or " + (sends ? "dry-run=true" : "events.group-names=false"));
    }

    /**
     * Reads the credentials.
     *
     * @param otherwise what else the operator can do if they are needed and missing
     */
    static CredentialSettings of(SettingReader reader, boolean needed, String otherwise) {
        var credentials = new CredentialSettings(
                reader.secret("zoom.access-token"),
                reader.value("zoom.account-id"),
                reader.value("zoom.client-id"),
                reader.secret("zoom.client-secret"));
        if (needed && credentials.accessToken.isEmpty()) {
            require("zoom.account-id", credentials.accountId, otherwise);
            require("zoom.client-id", credentials.clientId, otherwise);
            require("zoom.client-secret", credentials.clientSecret, otherwise);
        }
        return credentials;
    }

    private static void require(String key, Optional<?> credential, String otherwise) {
        if (credential.isEmpty()) {
            throw new WrongSettingException(
                    key,
                    "is missing; set zoom.account-id, zoom.client-id and zoom.client-secret (or"
                            + " zoom.client-secret-file), or zoom.access-token (or zoom.access-token-file)"
                            + otherwise);
        }
    }

    /** The given token, or the source of tokens that are requested with the credentials. */
    public TokenSource tokenSource(ZoomSettings zoom, Clock timeOfDay) {
        return accessToken
                .<TokenSource>map(given -> () -> new AccessToken(given.known(), FOREVER))
                .orElseGet(() -> new OAuthTokens(
                        zoom.tokenUrl(),
                        zoom.tls(),
                        zoom.proxy(),
                        accountId.orElse(""),
                        clientId.orElse(""),
                        clientSecret.orElse(Secret.of("")),
                        zoom.responseTimeout(),
                        timeOfDay));
    }
}
