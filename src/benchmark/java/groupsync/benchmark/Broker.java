package groupsync.benchmark;

import groupsync.sandbox.EmbeddedKafkaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** A real broker in a process of its own, the same for all; it ends when this process does. */
final class Broker implements AutoCloseable {

    private final int port = freePort();
    private final Path directory;
    private final Process process;

    Broker() {
        try {
            directory = Files.createTempDirectory("benchmark-broker");
            var output = Path.of("target", "benchmark", "broker.log");
            Files.deleteIfExists(output);
            process = new ProcessBuilder(
                            Jvm.java(),
                            "-Xmx768m",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            EmbeddedKafkaServer.class.getName(),
                            String.valueOf(port),
                            directory.resolve("data").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Waiting.until(
                    Duration.ofMinutes(1),
                    "the broker does not start",
                    () -> Files.readString(output).contains("The broker listens"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try (var files = Files.walk(directory)) {
            for (var file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
