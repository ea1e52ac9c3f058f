package groupsync.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file of the project. */
final class ProjectFile {

    private ProjectFile() {}

    static String text(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** YAML, JSON included. */
    static JsonNode yaml(String path) {
        return new JsonMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text(path)));
    }

    /** The default settings. */
    static Properties settings() {
        var settings = new Properties();
        try {
            settings.load(new StringReader(text("application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
