package groupsync.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sources of settings, from the strongest to the weakest: overrides by the program itself, system properties,
 * environment variables, {@code application.properties} in the working directory, and the defaults in the jar.
 */
public final class SettingSources {

    private static final String FILE = "application.properties";

    private final Map<String, String> overrides;
    private final Map<String, String> system;
    private final Environment environment;
    private final Map<String, String> file;
    private final Map<String, String> defaults;

    /**
     * The sources of this process.
     *
     * @throws WrongSettingException if the file in the working directory cannot be read
     */
    public static SettingSources ofProcess(Map<String, String> overrides) {
        return new SettingSources(
                overrides, PropertiesFile.map(System.getProperties()), System.getenv(), Path.of(FILE));
    }

    SettingSources(
            Map<String, String> overrides, Map<String, String> system, Map<String, String> environment, Path file) {
        this.overrides = overrides;
        this.system = system;
        this.environment = new Environment(environment);
        try {
            this.file = Files.exists(file) ? PropertiesFile.read(Files.newInputStream(file)) : Map.of();
            defaults = PropertiesFile.read(
                    Objects.requireNonNull(SettingSources.class.getResourceAsStream("/" + FILE), FILE));
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongSettingException(FILE, "cannot be read: " + e);
        }
    }

    /** The value from the strongest source in which it is not blank, without the blanks around it. */
    Optional<String> value(String key) {
        return Stream.of(overrides.get(key), system.get(key), environment.get(key), file.get(key), defaults.get(key))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The keys of all settings: the defaults name every one. */
    Set<String> known() {
        return defaults.keySet();
    }

    /** The keys in the working directory's file, which holds settings only. */
    Set<String> inFile() {
        return file.keySet();
    }

    /** All keys that are set, without those of the environment: most variables there are not settings. */
    Set<String> keys() {
        return Stream.of(overrides, system, file, defaults)
                .flatMap(source -> source.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Camel's keys that Camel itself reads. */
    Properties camel() {
        var camel = new Properties();
        camel.putAll(camel(key -> !LiteralKafkaOptions.has(key)));
        return camel;
    }

    /** Camel's keys that Camel must not read. */
    Map<String, String> literalKafkaOptions() {
        return camel(LiteralKafkaOptions::has);
    }

    /** The blanks around a value stay: a password may have some. */
    private Map<String, String> camel(Predicate<String> isWanted) {
        var found = new HashMap<String, String>();
        for (var source : List.of(defaults, file, environment.camel(), system, overrides)) {
            source.forEach((key, value) -> {
                if (key.startsWith("camel.") && !value.isBlank() && isWanted.test(key)) {
                    found.put(key, value);
                }
            });
        }
        return found;
    }
}
