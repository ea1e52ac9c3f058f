package groupsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as it ships, in a process and a working directory of its own, told its settings by the environment. */
public final class ServiceProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "zoom-group-sync.jar").toAbsolutePath();

    private final Process process;
    private final Path directory;
    private final Path output;

    private ServiceProcess(Process process, Path directory, Path output) {
        this.process = process;
        this.directory = directory;
        this.output = output;
    }

    public static ServiceProcess start(Map<String, String> settings, String... jvmOptions) {
        return start(List.of(), settings, "", List.of(), jvmOptions);
    }

    /**
     * Starts it by way of another command.
     *
     * @param prefix what is put before its own command, such as what runs it in another network
     */
    public static ServiceProcess startBehind(List<String> prefix, Map<String, String> settings, String... jvmOptions) {
        return start(prefix, settings, "", List.of(), jvmOptions);
    }

    /** With arguments it is the dead-letter tool. */
    static ServiceProcess start(Map<String, String> settings, List<String> arguments, String... jvmOptions) {
        return start(List.of(), settings, "", arguments, jvmOptions);
    }

    /** With an application.properties in its working directory. */
    static ServiceProcess startWithFile(Map<String, String> settings, String properties) {
        return start(List.of(), settings, properties, List.of());
    }

    private static ServiceProcess start(
            List<String> prefix,
            Map<String, String> settings,
            String properties,
            List<String> arguments,
            String... jvmOptions) {
        try {
            var directory = Files.createTempDirectory("zoom-group-sync");
            Files.writeString(directory.resolve("application.properties"), properties);
            var output = directory.resolve("output.log");
            var command = new ArrayList<>(prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(jvmOptions));
            command.addAll(List.of("-jar", JAR.toString()));
            command.addAll(arguments);
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            settings.forEach((key, value) -> builder.environment().put(variable(key), value));
            return new ServiceProcess(builder.start(), directory, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    public long pid() {
        return process.pid();
    }

    /** How long it has kept processors busy. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end, and gives the exit status. */
    public int exitStatus(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + longest + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it has said, on standard output and standard error. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        exitStatus(Patience.LONGEST);
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
