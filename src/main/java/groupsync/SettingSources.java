package groupsync;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where settings come from, the first that has a key wins: what the program itself demands, system properties, environment variables, {@code
 * application.properties} in the working directory, the defaults in the jar.
 */
final class SettingSources {

    private static final String FILE = "application.properties";
    private static final Pattern CAMEL = Pattern.compile("CAMEL_(COMPONENT_[A-Z0-9]+|MAIN)_([A-Z0-9_]+)");

    private final Map<String, String> demanded;
    private final Map<String, String> environment;
    private final Properties system;
    private final Properties files;

    private SettingSources(
            Map<String, String> demanded, Map<String, String> environment, Properties system, Properties files) {
        this.demanded = demanded;
        this.environment = environment;
        this.system = system;
        this.files = files;
    }

    /**
     * The sources of this process.
     *
     * @param demanded settings that win over all others
     * @throws WrongSettingException if the file in the working directory cannot be read
     */
    static SettingSources ofProcess(Map<String, String> demanded) {
        var files = new Properties();
        try (var defaults = new InputStreamReader(
                Objects.requireNonNull(SettingSources.class.getResourceAsStream("/" + FILE), FILE),
                StandardCharsets.UTF_8)) {
            files.load(defaults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var own = Path.of(FILE);
        if (Files.exists(own)) {
            try (Reader reader = Files.newBufferedReader(own)) {
                files.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new WrongSettingException(FILE, "cannot be read: " + e);
            }
        }
        return new SettingSources(demanded, System.getenv(), System.getProperties(), files);
    }

    /** The value of a key, without the blanks around it; a blank value is as good as none. */
    Optional<String> value(String key) {
        var variable = key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(demanded.get(key))
                .or(() -> Optional.ofNullable(system.getProperty(key)))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .or(() -> Optional.ofNullable(files.getProperty(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** All keys that are set, but for the environment's, which are not told from other programs' variables. */
    Set<String> keys() {
        var keys = new HashSet<>(demanded.keySet());
        keys.addAll(system.stringPropertyNames());
        keys.addAll(files.stringPropertyNames());
        return keys;
    }

    /** What the files hold, for Camel to read its own keys from, those in the environment (CAMEL_MAIN_NAME) and those demanded. */
    Properties camel() {
        var found = new Properties();
        found.putAll(files);
        environment.forEach((variable, value) -> {
            var match = CAMEL.matcher(variable);
            if (match.matches()) {
                var prefix = match.group(1).toLowerCase(Locale.ROOT).replace('_', '.');
                var option = match.group(2).toLowerCase(Locale.ROOT).replace('_', '-');
                found.setProperty("camel." + prefix + "." + option, value);
            }
        });
        demanded.forEach((key, value) -> {
            if (key.startsWith("camel.")) {
                found.setProperty(key, value);
            }
        });
        return found;
    }
}
