package groupsync.benchmark;

import static org.awaitility.Awaitility.await;

import groupsync.FreePort;
import groupsync.JavaProcess;
import groupsync.sandbox.EmbeddedKafkaServer;
import groupsync.sandbox.TemporaryDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real broker in a process of its own, the same for all systems. */
final class Broker implements AutoCloseable {

    private final int port = FreePort.find();
    private final TemporaryDirectory data = TemporaryDirectory.create("benchmark-broker");
    private final JavaProcess process = new JavaProcess(
            List.of(
                    "-Xmx768m",
                    "-classpath",
                    JavaProcess.classPath(),
                    EmbeddedKafkaServer.class.getName(),
                    String.valueOf(port),
                    data.path().toString()),
            Map.of());

    Broker() {
        await().atMost(Duration.ofMinutes(1)).until(() -> process.output().contains("The broker listens"));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
        data.close();
    }
}
