package groupsync.settings;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
     * Files hold settings only, so every key in them is checked. Elsewhere other programs have keys too, so only those
     * are checked that begin like a known key.
     *
     * @param known the keys of all settings of the service
     * @throws WrongSettingException names the nearest known key
     */
    static void refuse(SettingSources sources, Set<String> known) {
        var inFiles = sources.inFiles();
        var beginnings =
                known.stream().map(key -> key.replaceFirst("\\..*", ".")).collect(Collectors.toSet());
        for (var key : sources.keys()) {
            var isOurs =
                    inFiles.contains(key) ? !isCamels(key) : beginnings.stream().anyMatch(key::startsWith);
            if (isOurs && !known.contains(key)) {
                var all = new HashSet<>(known);
                inFiles.stream().filter(UnknownKeys::isCamels).forEach(all::add);
                throw new WrongSettingException(
                        WrongSettingException.oneLine(key),
                        "is no setting; the nearest one is " + NearestKey.of(key, all));
            }
        }
        refuseInPlaceholders(sources);
    }

    /** Camel's own message would contain the value, which may be a secret. */
    private static void refuseInPlaceholders(SettingSources sources) {
        var camel = sources.camel();
        for (var key : camel.stringPropertyNames()) {
            if (PLACEHOLDER
                    .matcher(camel.getProperty(key))
                    .results()
                    .anyMatch(named -> sources.value(named.group(1)).isEmpty())) {
                throw new WrongSettingException(key, "names a setting in {{ and }} that there is not");
            }
        }
    }

    private static boolean isCamels(String key) {
        var parts = key.toLowerCase(Locale.ROOT).replace("-", "").split("[.\\[]", -1);
        return parts.length > 2 && parts[0].equals("camel") && CAMELS_GROUPS.contains(parts[1]);
    }
}
