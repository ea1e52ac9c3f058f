package groupsync.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses keys that no setting has: a mistyped key would leave the default in force without a word. */
final class UnknownKeys {

    /** As in Camel; without placeholders that are no key, such as <code>{{env:NAME}}</code>. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:?!]*)}}");
    /** In camel.GROUP.OPTION: Camel ignores keys of other groups. */
    private static final Set<String> CAMELS_GROUPS = Set.of("""
        beans cluster component context dataformat debug devconsole errorregistry faulttolerance globaloptions health \
        language lra main management mdc metrics opentelemetry opentelemetry2 resilience4j rest routecontroller \
        routetemplate security server ssl startupcondition telemetrydev threadpool trace variable vault\
        """.split(" "));

    private UnknownKeys() {}

    /**
     * The file holds settings only, so every key in it is checked. Elsewhere other programs have keys too, so only those
     * are checked that begin like a setting.
     *
     * @param ignored beginnings of keys that are not checked
     * @throws WrongSettingException names the nearest setting
     */
    static void refuse(SettingSources sources, List<String> ignored) {
        var beginnings = sources.known().stream()
                .filter(key -> !isCamels(key))
                .map(key -> key.replaceFirst("\\..*", "."))
                .toList();
        for (var key : sources.keys()) {
            var isChecked = !isCamels(key)
                    && !beginsWith(ignored, key)
                    && (sources.inFile().contains(key) || beginsWith(beginnings, key));
            if (isChecked && !sources.known().contains(key)) {
                var candidates = new HashSet<>(sources.known());
                sources.inFile().stream().filter(UnknownKeys::isCamels).forEach(candidates::add);
                throw new WrongSettingException(
                        WrongSettingException.oneLine(key),
                        "is no setting; the nearest one is " + nearest(key, candidates));
            }
        }
        refuseInPlaceholders(sources);
    }

    private static boolean beginsWith(List<String> beginnings, String key) {
        return beginnings.stream().anyMatch(key::startsWith);
    }

    /** Camel's own message would contain the value, which may be a secret. */
    private static void refuseInPlaceholders(SettingSources sources) {
        sources.camel().forEach((key, value) -> {
            if (PLACEHOLDER
                    .matcher(value)
                    .results()
                    .anyMatch(named -> sources.value(named.group(1)).isEmpty())) {
                throw new WrongSettingException(key, "names a setting in {{ and }} that there is not");
            }
        });
    }

    private static boolean isCamels(String key) {
        var parts = key.toLowerCase(Locale.ROOT).replace("-", "").split("[.\\[]", -1);
        return parts.length > 2 && parts[0].equals("camel") && CAMELS_GROUPS.contains(parts[1]);
    }

    /** The key with the fewest edits between it and the mistyped one. DRY_RUN, dry.run and dry-run count as equal. */
    private static String nearest(String mistyped, Collection<String> keys) {
        return Collections.min(
                keys,
                Comparator.comparingInt((String key) -> distance(plain(mistyped), plain(key)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[_.]", "-");
    }

    /** The <a href="https://en.wikipedia.org/wiki/Levenshtein_distance">Levenshtein distance</a>. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
