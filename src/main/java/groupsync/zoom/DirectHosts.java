package groupsync.zoom;

import java.util.List;
import java.util.Locale;

/** The hosts that requests reach without the proxy: those of these names, and all hosts of these domains. */
record DirectHosts(List<String> names) {

    /** A name may begin as others write it: {@code .example.com}, {@code *.example.com}. */
    DirectHosts {
        names = names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .toList();
    }

    boolean include(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(name -> lower.equals(name) || lower.endsWith("." + name));
    }
}
