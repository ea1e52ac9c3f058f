package groupsync.settings;

import groupsync.zoom.ContactGroups;
import groupsync.zoom.GroupForm;
import groupsync.zoom.GroupsApi;
import groupsync.zoom.ImGroups;
import groupsync.zoom.ZoomProxy;
import groupsync.zoom.ZoomTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way to Zoom and the form of requests: {@code zoom.*}, without the credentials, the retries and the pause.
 *
 * @param groups the API of the groups that updates change
 * @param groupIds the file with the present ids of groups by their old ones
 * @param dropsUnsupported whether fields that those groups do not have are dropped; otherwise their events are refused
 * @param requestsPerSecond of the whole account; 0: no limit
 * @param longestHoldUp of a request that is written and has not reached Zoom
 * @param requestsPerDay of all instances together; 0: no bound
 */
public record ZoomSettings(
        URI apiUrl,
        URI tokenUrl,
        ZoomTls tls,
        ZoomProxy proxy,
        GroupsApi groups,
        Optional<Path> groupIds,
        boolean dropsUnsupported,
        int requestsPerSecond,
        Duration longestHoldUp,
        int requestsPerDay,
        Duration responseTimeout) {

    /** Partitions are handed over, and a stop ends, only after the requests in flight: see RevokedPartitions. */
    private static final Duration LONGEST_RESPONSE = Duration.ofSeconds(15);

    static ZoomSettings of(SettingReader reader) {
        var apiUrl = url(reader, "zoom.api-url");
        var tokenUrl = url(reader, "zoom.token-url");
        var tls = reader.value("zoom.ca-file").map(ZoomSettings::trusting).orElseGet(ZoomTls::ofJvm);
        var proxy = proxy(reader);
        var groups = groups(reader);
        var groupIds = reader.value("zoom.group-ids-file").map(Path::of);
        reader.forRoutes("group-ids.configured", String.valueOf(groupIds.isPresent()));
        var drops = reader.oneOf("zoom.unsupported-fields", "refuse", "drop").equals("drop");
        var requestsPerSecond = reader.count("zoom.requests-per-second", 0, 10_000, groups.requestsPerSecond());
        var requestsPerDay = reader.count("zoom.requests-per-day", 0, 100_000_000);
        reader.count("zoom.max-concurrent-requests", 1, 1_000);
        return new ZoomSettings(
                apiUrl,
                tokenUrl,
                tls,
                proxy,
                groups,
                groupIds,
                drops,
                requestsPerSecond,
                reader.duration("zoom.longest-hold-up", Duration.ZERO, Duration.ofSeconds(1)),
                requestsPerDay,
                reader.duration("zoom.response-timeout", Duration.ofMillis(100), LONGEST_RESPONSE));
    }

    private static GroupsApi groups(SettingReader reader) {
        var format = reader.oneOf("zoom.request-format", "multipart", "json");
        var groups = reader.oneOf("zoom.groups", "im", "contacts").equals("im")
                ? new ImGroups(GroupForm.valueOf(format.toUpperCase(Locale.ROOT)))
                : new ContactGroups();
        reader.forRoutes("zoom.groups-path", groups.path());
        return groups;
    }

    private static URI url(SettingReader reader, String key) {
        var text = reader.text(key);
        var scheme = Addresses.url(text)
                .map(url -> String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))
                .filter(Set.of("http", "https")::contains)
                .orElseThrow(() -> WrongSettingException.notAllowed(
                        key,
                        Addresses.shown(text),
                        "an http or https URL without user, query and fragment, ports from 1 to 65535"));
        // Camel's components have names in lower case. The routes append paths that begin with a slash.
        var url = scheme + text.substring(scheme.length()).replaceAll("/+$", "");
        reader.forRoutes(key, url);
        return URI.create(url);
    }

    private static ZoomTls trusting(String file) {
        try {
            return ZoomTls.of(Path.of(file));
        } catch (IOException | GeneralSecurityException e) {
            throw WrongSettingException.notAllowed("zoom.ca-file", file, "a file with certificates in PEM: " + e);
        }
    }

    private static ZoomProxy proxy(SettingReader reader) {
        var user = reader.value("zoom.proxy-user");
        var password = reader.secret("zoom.proxy-password");
        if (user.isPresent() != password.isPresent()) {
            var missing = user.isPresent() ? "zoom.proxy-password" : "zoom.proxy-user";
            throw new WrongSettingException(missing, "is missing; a proxy takes both user and password, or neither");
        }
        var direct = reader.value("zoom.no-proxy").stream()
                .flatMap(hosts -> Stream.of(hosts.split("[,\\s]+", -1)))
                .filter(host -> !host.isEmpty())
                .toList();
        return reader.value("zoom.proxy")
                .map(url -> ZoomProxy.at(proxyUrl(url), user, password, direct))
                .orElseGet(ZoomProxy::none);
    }

    private static URI proxyUrl(String text) {
        return Addresses.url(text)
                .filter(url -> "http".equals(url.getScheme())
                        && url.getPort() != -1
                        && Set.of("", "/").contains(url.getRawPath()))
                .orElseThrow(() -> WrongSettingException.notAllowed(
                        "zoom.proxy",
                        // The part before an @ may hold a password.
                        text.replaceFirst("(?s).*@", "…@"),
                        "http://host:port; its user and password are zoom.proxy-user and zoom.proxy-password"));
    }
}
