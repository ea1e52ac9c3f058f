package groupsync.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Reads keys and values from a file in the format of {@link Properties}, in UTF-8. */
final class PropertiesFile {

    private PropertiesFile() {}

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

    static Map<String, String> map(Properties properties) {
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
