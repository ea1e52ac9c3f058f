package groupsync.settings;

import groupsync.zoom.ZoomProxy;
import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

/** The HTTP proxy on the way to Zoom, {@code zoom.proxy*} and {@code zoom.no-proxy}. */
final class ProxySettings {

    private ProxySettings() {}

    static ZoomProxy of(SettingReader reader) {
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
                .map(url -> ZoomProxy.at(url(url), user, password, direct))
                .orElseGet(ZoomProxy::none);
    }

    private static URI url(String text) {
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
