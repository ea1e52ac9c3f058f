package groupsync.settings;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where settings come from, the first that has a key wins: what the program itself demands, system properties, environment variables, {@code
 * application.properties} in the working directory, the defaults in the jar.
 */
public final class SettingSources {

    private static final String FILE = "application.properties";
    private static final Pattern CAMEL =
            Pattern.compile("CAMEL_((?:(?:COMPONENT|DATAFORMAT|LANGUAGE|VAULT|CLUSTER)_)?[A-Z0-9]+)_([A-Z0-9_]+)");

    private final Map<String, String> demanded;
    private final Map<String, String> environment;
    private final Properties system;
    private final Properties file;
    private final Properties defaults;

    private SettingSources(
            Map<String, String> demanded,
            Map<String, String> environment,
            Properties system,
            Properties file,
            Properties defaults) {
        this.demanded = demanded;
        this.environment = environment;
        this.system = system;
        this.file = file;
        this.defaults = defaults;
    }

    /**
     * The sources of this process.
     *
     * @param demanded settings that win over all others
     * @throws WrongSettingException if the file in the working directory cannot be read
     */
    public static SettingSources ofProcess(Map<String, String> demanded) {
        return of(demanded, System.getenv(), System.getProperties(), Path.of(FILE));
    }

    /** As {@link #ofProcess}, with an environment, properties and a file of the caller's. */
    static SettingSources of(
            Map<String, String> demanded, Map<String, String> environment, Properties system, Path file) {
        try (var defaults = new InputStreamReader(
                Objects.requireNonNull(SettingSources.class.getResourceAsStream("/" + FILE), FILE),
                StandardCharsets.UTF_8)) {
            return new SettingSources(
                    demanded,
                    environment,
                    system,
                    Files.exists(file) ? own(file) : new Properties(),
                    properties(defaults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties own(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            // A byte order mark, as editors on Windows write it, would be a part of the first key.
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
            return properties(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongSettingException(FILE, "cannot be read: " + e);
        }
    }

    private static Properties properties(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        return properties;
    }

    /**
     * The same, but that some keys have their defaults, whatever they are set to.
     *
     * @param beginnings of these keys
     * @param others settings that win over all others
     */
    public SettingSources without(List<String> beginnings, Map<String, String> others) {
        var otherDemanded = new HashMap<>(demanded);
        otherDemanded.keySet().removeIf(key -> beginnings.stream().anyMatch(key::startsWith));
        otherDemanded.putAll(others);
        var otherEnvironment = new HashMap<>(environment);
        otherEnvironment
                .keySet()
                .removeIf(name ->
                        beginnings.stream().map(SettingSources::variable).anyMatch(name::startsWith));
        return new SettingSources(
                otherDemanded, otherEnvironment, without(beginnings, system), without(beginnings, file), defaults);
    }

    private static Properties without(List<String> beginnings, Properties properties) {
        var rest = new Properties();
        properties.stringPropertyNames().stream()
                .filter(key -> beginnings.stream().noneMatch(key::startsWith))
                .forEach(key -> rest.setProperty(key, properties.getProperty(key)));
        return rest;
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The value of a key, without the blanks around it. A blank value is as if not set: the next source may have one. */
    Optional<String> value(String key) {
        var variable = variable(key);
        return Stream.of(
                        demanded.get(key),
                        system.getProperty(key),
                        environment.get(variable),
                        file.getProperty(key),
                        defaults.getProperty(key))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** All keys that are set, but for the environment's, which are not told from other programs' variables. */
    Set<String> keys() {
        var keys = new TreeSet<>(demanded.keySet());
        keys.addAll(system.stringPropertyNames());
        keys.addAll(inFiles());
        return keys;
    }

    /** The keys in the files, where nothing but settings can be. */
    Set<String> inFiles() {
        var keys = new TreeSet<>(file.stringPropertyNames());
        keys.addAll(defaults.stringPropertyNames());
        return keys;
    }

    /** What Camel is to read of its own keys, from wherever they are set. */
    public Properties camel() {
        var camel = camels();
        camel.stringPropertyNames().stream().filter(LiteralKafkaOptions::has).forEach(camel::remove);
        return camel;
    }

    /** What Camel is not to read of its own keys. */
    public Map<String, String> literalKafkaOptions() {
        var camel = camels();
        return camel.stringPropertyNames().stream()
                .filter(LiteralKafkaOptions::has)
                .collect(Collectors.toMap(key -> key, camel::getProperty));
    }

    /** With the blanks around their values: a password may have some. */
    private Properties camels() {
        var found = new Properties();
        camel(defaults, found);
        camel(file, found);
        environment.forEach((variable, value) -> {
            var match = CAMEL.matcher(variable);
            if (match.matches() && !value.isBlank()) {
                var prefix = match.group(1).toLowerCase(Locale.ROOT).replace('_', '.');
                var option = match.group(2).toLowerCase(Locale.ROOT).replace('_', '-');
                found.setProperty("camel." + prefix + "." + option, value);
            }
        });
        camel(system, found);
        var ours = new Properties();
        ours.putAll(demanded);
        camel(ours, found);
        return found;
    }

    private static void camel(Properties source, Properties found) {
        for (var key : source.stringPropertyNames()) {
            var value = source.getProperty(key);
            if (key.startsWith("camel.") && !value.isBlank()) {
                found.setProperty(key, value);
            }
        }
    }
}
