package groupsync.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
 * environment variables, {@code application.properties} in the working directory or beside the jar, and the defaults in the jar.
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
     * @throws WrongSettingException if the file cannot be read
     */
    public static SettingSources ofProcess(Map<String, String> overrides) {
        return new SettingSources(overrides, map(System.getProperties()), System.getenv(), file());
    }

    /** That of the working directory or, if there is none, of the unpacked release, whose launcher names its folder. */
    private static Path file() {
        var home = System.getProperty("zoom-group-sync.home");
        var here = Path.of(FILE);
        return home == null || Files.exists(here) ? here : Path.of(home, FILE);
    }

    SettingSources(
            Map<String, String> overrides, Map<String, String> system, Map<String, String> environment, Path file) {
        this.overrides = overrides;
        this.system = system;
        this.environment = new Environment(environment);
        try {
            this.file = Files.exists(file) ? read(Files.newInputStream(file)) : Map.of();
            defaults = read(Objects.requireNonNull(SettingSources.class.getResourceAsStream("/" + FILE), FILE));
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongSettingException(FILE, "cannot be read: " + e);
        }
    }

    /** Reads keys and values from a file in the format of {@link Properties}, in UTF-8. */
    static Map<String, String> read(InputStream file) throws IOException {
        // With a decoder of its own, the reader refuses bytes that are not UTF-8.
        try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()))) {
            // Editors on Windows write a byte order mark. It would be a part of the first key.
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
            var properties = new Properties();
            properties.load(reader);
            return map(properties);
        }
    }

    private static Map<String, String> map(Properties properties) {
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }

    /** The value from the strongest source in which it is not blank, without the blanks around it. */
    Optional<String> value(String key) {
        return Stream.of(overrides.get(key), system.get(key), environment.get(key), file.get(key), defaults.get(key))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Whether the value is that of the defaults, whatever source has it. */
    boolean isDefault(String key) {
        return value(key).equals(Optional.ofNullable(defaults.get(key)));
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
    Map<String, String> camel() {
        return camel(key -> !LiteralKafkaOptions.has(key));
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
