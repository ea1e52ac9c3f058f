package groupsync.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Environment variables as settings: ZOOM_API_URL is {@code zoom.api-url}. */
final class Environment {

    private static final Pattern CAMEL =
            Pattern.compile("CAMEL_((?:(?:COMPONENT|DATAFORMAT|LANGUAGE|VAULT|CLUSTER)_)?[A-Z0-9]+)_([A-Z0-9_]+)");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    @Nullable
    String get(String key) {
        return variables.get(variable(key));
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Camel's keys and their values. Only for Camel's keys is it known which underscores are dots. */
    Map<String, String> camel() {
        var camel = new HashMap<String, String>();
        variables.forEach((variable, value) -> {
            var match = CAMEL.matcher(variable);
            if (match.matches()) {
                var group = match.group(1).toLowerCase(Locale.ROOT).replace('_', '.');
                var option = match.group(2).toLowerCase(Locale.ROOT).replace('_', '-');
                camel.put("camel." + group + "." + option, value);
            }
        });
        return camel;
    }
}
