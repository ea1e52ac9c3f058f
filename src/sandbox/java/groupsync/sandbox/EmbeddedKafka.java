package groupsync.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Kafka broker, one node in KRaft mode, inside this JVM and on loopback only. */
public final class EmbeddedKafka implements AutoCloseable {

    static final int USUAL_PORT = 9092;

    private final KafkaRaftServer server;
    private final int port;
    private final Runnable deleteData;

    /**
     * Starts a broker with temporary data.
     *
     * @param port 0 for a free one
     */
    public EmbeddedKafka(int port) {
        this(port, TemporaryDirectory.create("embedded-kafka"));
    }

    private EmbeddedKafka(int port, TemporaryDirectory data) {
        this(port, data.path(), Map.of(), data::close);
    }

    /**
     * Starts a broker with data that outlives it.
     *
     * @param port 0 for a free one
     * @param directory empty, or with the data of an earlier broker, however it ended
     * @param more settings of the broker
     */
    public EmbeddedKafka(int port, Path directory, Map<String, String> more) {
        this(port, directory, more, () -> {});
    }

    private EmbeddedKafka(int port, Path directory, Map<String, String> more, Runnable deleteData) {
        this.deleteData = deleteData;
        try {
            this.port = port == 0 ? freePort() : port;
            var properties = properties(this.port, freePort(), directory);
            properties.putAll(more);
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory);
            }
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            server.startup();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker did not start", e);
        }
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .setDirectories(List.of(directory.toString()))
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    /** The value for {@code bootstrap.servers}. */
    public String brokers() {
        return "127.0.0.1:" + port;
    }

    private static Properties properties(int port, int controllerPort, Path directory) {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", directory.toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // No wait for more members.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A mistyped topic is an error.
        properties.put("auto.create.topics.enable", "false");
        return properties;
    }

    /** The port at which Kafka's tools expect a broker or, if that is taken, 0. */
    public static int usualPortOrFree() {
        try (var socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        deleteData.run();
    }
}
