package groupsync.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the environment says of the log, for log4j2.properties, which would take a blank variable for a value. */
public final class LogSettings {

    private static final List<String> LEVELS =
            List.of("off", "fatal", "error", "warn", "info", "debug", "trace", "all");
    private static final Map<String, List<String>> ALLOWED =
            Map.of("LOG_FORMAT", List.of("text", "json"), "LOG_LEVEL", LEVELS, "ROOT_LOG_LEVEL", LEVELS);

    private LogSettings() {}

    /**
     * Hands them to log4j as system properties of the same names. To be called before the first logger is there.
     *
     * @throws WrongSettingException if log4j would not know one: it would go on with another, or say nothing ever after
     */
    public static void apply(Map<String, String> environment) {
        ALLOWED.forEach((variable, allowed) -> {
            var value = environment.getOrDefault(variable, "").strip().toLowerCase(Locale.ROOT);
            if (!value.isEmpty()) {
                if (!allowed.contains(value)) {
                    throw WrongSettingException.notAllowed(variable, value, "one of " + String.join(", ", allowed));
                }
                System.setProperty(variable, value);
            }
        });
    }
}
