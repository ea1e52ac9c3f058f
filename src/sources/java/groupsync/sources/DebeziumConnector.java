package groupsync.sources;

import groupsync.JavaProcess;
import groupsync.sandbox.TemporaryDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Debezium's connector for PostgreSQL in a real worker of Kafka Connect, in a process of its own. */
final class DebeziumConnector implements AutoCloseable {

    private static final Path EXAMPLE = Path.of("examples", "hr").toAbsolutePath();

    private final TemporaryDirectory offsets = TemporaryDirectory.create("connect");
    private final JavaProcess worker;
    private int read;

    /**
     * Starts it; it reads the table first, then each change.
     *
     * @param database the connector's settings for the database, {@code HR_…}
     */
    DebeziumConnector(String brokers, Map<String, String> database) {
        var settings = new HashMap<>(database);
        settings.put("KAFKA_BROKERS", brokers);
        settings.put("CONNECT_LISTENER", "http://127.0.0.1:0");
        settings.put("CONNECT_OFFSETS", offsets.path().resolve("offsets").toString());
        worker = new JavaProcess(
                List.of(
                        "-Xmx256m",
                        "-Dlog4j2.configurationFile=" + EXAMPLE.resolve("log4j2.properties"),
                        "-cp",
                        JavaProcess.classPath(),
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        EXAMPLE.resolve("connect.properties").toString(),
                        EXAMPLE.resolve("debezium.json").toString()),
                settings);
    }

    /** The log of the worker so far. */
    String log() {
        return worker.output();
    }

    /** The lines of the log since the last call. */
    List<String> newLines() {
        var all = log();
        var end = all.lastIndexOf('\n') + 1;
        var lines = all.substring(read, Math.max(read, end)).lines().toList();
        read = Math.max(read, end);
        return lines;
    }

    @Override
    public void close() {
        worker.close();
        offsets.close();
    }
}
