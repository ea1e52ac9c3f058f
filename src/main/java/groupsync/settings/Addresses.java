package groupsync.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Hosts, ports and URLs in settings. */
final class Addresses {

    private Addresses() {}

    static boolean isPort(int port) {
        return port >= 1 && port <= 65_535;
    }

    /** The URL, if it has a host, and neither user, query nor fragment. */
    static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(url -> url.getHost() != null
                            && (url.getPort() == -1 || isPort(url.getPort()))
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The address for a message. The part before an @ is cut out: it may hold a password. */
    static String shown(String address) {
        return address.replaceFirst("(?s)^([A-Za-z]+://)?.*@", "$1…@");
    }
}
