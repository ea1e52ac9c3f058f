package groupsync.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of the log. They come from the environment and go to log4j2.properties. */
public final class LogSettings {

    private static final List<String> LEVELS =
            List.of("off", "fatal", "error", "warn", "info", "debug", "trace", "all");
    private static final Map<String, List<String>> ALLOWED =
            Map.of("LOG_FORMAT", List.of("text", "json"), "LOG_LEVEL", LEVELS, "ROOT_LOG_LEVEL", LEVELS);

    private LogSettings() {}

    /**
     * Copies the variables, without blank ones, to system properties of the same names. Must run before the first logger
     * exists.
     *
     * @throws WrongSettingException if log4j does not know a value; it would use another one, or log nothing
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
