package groupsync;

import groupsync.sandbox.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the shipped jar with settings from the environment. */
public final class ServiceProcess {

    private static final String JAR =
            Path.of("target", "zoom-group-sync.jar").toAbsolutePath().toString();

    private ServiceProcess() {}

    public static JavaProcess start(Map<String, String> settings, String... jvmOptions) {
        return start(List.of(), settings, "", List.of(), jvmOptions);
    }

    /** Starts it by way of another command, for example in another network. */
    public static JavaProcess startBehind(List<String> prefix, Map<String, String> settings, String... jvmOptions) {
        return start(prefix, settings, "", List.of(), jvmOptions);
    }

    /** Starts it with arguments, as the dead-letter tool. */
    static JavaProcess start(Map<String, String> settings, List<String> arguments, String... jvmOptions) {
        return start(List.of(), settings, "", arguments, jvmOptions);
    }

    /** Starts it with an application.properties in its working directory. */
    static JavaProcess startWithFile(Map<String, String> settings, String properties) {
        return start(List.of(), settings, properties, List.of());
    }

    private static JavaProcess start(
            List<String> prefix,
            Map<String, String> settings,
            String properties,
            List<String> arguments,
            String... jvmOptions) {
        var directory = TemporaryDirectory.create("zoom-group-sync");
        try {
            Files.writeString(directory.path().resolve("application.properties"), properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(jvmOptions));
        command.addAll(List.of("-jar", JAR));
        command.addAll(arguments);
        return new JavaProcess(directory, prefix, command, settings);
    }
}
