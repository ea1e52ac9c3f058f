package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.FreePort;
import groupsync.JavaProcess;
import groupsync.sandbox.EmbeddedKafkaServer;
import groupsync.sandbox.TemporaryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own: a test can kill it and start it again on its port and its data. */
final class BrokerProcess implements AutoCloseable {

    private static @Nullable BrokerProcess shared;

    private final int port = FreePort.find();
    private final TemporaryDirectory data = TemporaryDirectory.create("broker");
    private final List<String> more = new ArrayList<>();
    private final int outsidePort = FreePort.find();
    private @Nullable JavaProcess process;

    /** @param outside the address for clients of {@link #outsidePort()}, as host and port */
    BrokerProcess(String outside) {
        this();
        var controller = "CONTROLLER://127.0.0.1:" + FreePort.find();
        more.add("listeners=PLAINTEXT://" + brokers() + ",OUTSIDE://127.0.0.1:" + outsidePort + "," + controller);
        more.add("advertised.listeners=PLAINTEXT://" + brokers() + ",OUTSIDE://" + outside);
        more.add("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        more.add("controller.quorum.voters=1@" + controller.substring("CONTROLLER://".length()));
    }

    BrokerProcess() {}

    /** The broker of all scenarios without faults of the broker; it ends with this JVM. */
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
        var arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                JavaProcess.classPath(),
                EmbeddedKafkaServer.class.getName(),
                String.valueOf(port),
                data.path().toString(),
                // By default, a killed member stays in its group for 45 s; here for less, since members are killed
                // often.
                "group.consumer.min.session.timeout.ms=1000",
                "group.consumer.session.timeout.ms=4000",
                "group.consumer.min.heartbeat.interval.ms=500",
                "group.consumer.heartbeat.interval.ms=1000",
                "group.min.session.timeout.ms=1000",
                // Without a rule, everything is allowed.
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found=true"));
        arguments.addAll(more);
        var started = new JavaProcess(arguments, Map.of());
        process = started;
        await().atMost(World.PATIENCE).until(() -> started.output().contains("The broker listens"));
    }

    /** SIGKILL. */
    void kill() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    @Override
    public void close() {
        kill();
        data.close();
    }
}
