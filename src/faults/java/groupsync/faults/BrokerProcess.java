package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.FreePort;
import groupsync.sandbox.EmbeddedKafkaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own, which can be killed and started again on the same port and the same data. */
final class BrokerProcess implements AutoCloseable {

    private static @Nullable BrokerProcess shared;

    private final int port = FreePort.find();
    private final Path directory;
    private final Path output;
    private final List<String> more = new ArrayList<>();
    private final int outsidePort = FreePort.find();
    private @Nullable Process process;

    /** @param outside where clients that connect to {@link #outsidePort()} are told to find it, as host and port */
    BrokerProcess(String outside) {
        this();
        var controller = "CONTROLLER://127.0.0.1:" + FreePort.find();
        more.add("listeners=PLAINTEXT://" + brokers() + ",OUTSIDE://127.0.0.1:" + outsidePort + "," + controller);
        more.add("advertised.listeners=PLAINTEXT://" + brokers() + ",OUTSIDE://" + outside);
        more.add("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        more.add("controller.quorum.voters=1@" + controller.substring("CONTROLLER://".length()));
    }

    BrokerProcess() {
        try {
            directory = Files.createTempDirectory("broker");
            output = directory.resolve("output.log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one for all scenarios that leave the broker alone; it ends with this JVM. */
    static synchronized BrokerProcess shared() {
        if (shared == null) {
            shared = new BrokerProcess();
            shared.start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    String brokers() {
        return "127.0.0.1:" + port;
    }

    int outsidePort() {
        return outsidePort;
    }

    /** Starts it, and waits until it serves. */
    void start() {
        try {
            Files.deleteIfExists(output);
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    EmbeddedKafkaServer.class.getName(),
                    String.valueOf(port),
                    directory.resolve("data").toString(),
                    // A member that was killed is missed after 45 s; here sooner, since it happens often.
                    "group.consumer.min.session.timeout.ms=1000",
                    "group.consumer.session.timeout.ms=4000",
                    "group.consumer.min.heartbeat.interval.ms=500",
                    "group.consumer.heartbeat.interval.ms=1000",
                    "group.min.session.timeout.ms=1000",
                    // Whoever is not refused by a rule may do everything.
                    "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found=true"));
            command.addAll(more);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.readString(output).contains("The broker listens"));
    }

    /** SIGKILL. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            for (var file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
