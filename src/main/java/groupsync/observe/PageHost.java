package groupsync.observe;

import java.util.regex.Pattern;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

/**
 * The hosts under which a browser may open the page. The owner of any other name could let it lead to this machine, so that a
 * page of theirs reads this one (<a href="https://en.wikipedia.org/wiki/DNS_rebinding">DNS rebinding</a>).
 */
final class PageHost {

    static final String REFUSAL = "Open this page under an address, such as 127.0.0.1, or a name without a dot.\n";

    /** No one can register a name in these domains, or one without a dot, on the Internet. */
    private static final Pattern INTERNAL =
            Pattern.compile("[a-z0-9_-]+|[a-z0-9_.-]+\\.(localhost|internal|local|test)\\.?", Pattern.CASE_INSENSITIVE);

    private PageHost() {}

    /**
     * Whether the header {@code Host} of a request is an address, a name without a dot, or in a domain that is never public.
     *
     * @param header with or without a port; a browser always sends one
     */
    static boolean isInternal(@Nullable String header) {
        if (header == null) {
            return true;
        }
        var host = header.replaceFirst(":\\d*$", "");
        return InetAddressUtils.isIPv4(host)
                || (host.startsWith("[") && host.endsWith("]"))
                || INTERNAL.matcher(host).matches();
    }
}
