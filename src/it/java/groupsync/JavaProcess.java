package groupsync;

import groupsync.sandbox.TemporaryDirectory;
import java.io.File;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java program in a process of its own, which ends with this JVM at the latest. */
public final class JavaProcess implements AutoCloseable {

    private final TemporaryDirectory directory;
    private final Path output;
    private final Process process;

    /** Starts a program in a new working directory. */
    public JavaProcess(List<String> arguments, Map<String, String> settings) {
        this(TemporaryDirectory.create("java-process"), List.of(), arguments, settings);
    }

    /**
     * Starts a program.
     *
     * @param directory its working directory, deleted on close
     * @param prefix a command that runs the program, for example in another network
     * @param arguments of {@code java}
     * @param settings become environment variables
     */
    public JavaProcess(
            TemporaryDirectory directory, List<String> prefix, List<String> arguments, Map<String, String> settings) {
        this(directory, command(prefix, arguments), settings);
    }

    /** Starts a command that is, or becomes, a Java program. */
    JavaProcess(TemporaryDirectory directory, List<String> command, Map<String, String> settings) {
        this.directory = directory;
        output = directory.path().resolve("output.log");
        var builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        settings.forEach((key, value) -> builder.environment().put(variable(key), value));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private static List<String> command(List<String> prefix, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return command;
    }

    /** The class path of this JVM, for a program in another working directory. */
    public static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
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

    /** The CPU time of all its threads so far. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status; fails if the process runs for longer than this. */
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

    /** Its standard output and standard error so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves its output, which otherwise ends with the process. */
    public void saveOutput(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        exitStatus(Patience.LONGEST);
        directory.close();
    }
}
