package groupsync.sources;

import groupsync.sandbox.EmbeddedKafka;
import groupsync.sandbox.ZoomStandIn;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What is around the service in the example: Debezium, a broker and the Zoom stand-in. */
final class HrExample implements AutoCloseable {

    static final String OUTCOMES = "zoom.im-groups.outcomes";
    static final String DEAD_LETTERS = "zoom.im-groups.dead-letters";

    private static final Path MAPPING = Path.of(System.getenv().getOrDefault("EVENTS_MAPPING", "mappings/debezium.jq"))
            .toAbsolutePath();

    final EmbeddedKafka broker;
    final ZoomStandIn zoom = new ZoomStandIn();
    final DebeziumConnector debezium;
    /** {@code topic.prefix}, schema and table. */
    final String updates;

    /**
     * Starts it.
     *
     * @param port of the broker, 0 for a free one
     * @param database the connector's settings for the database, {@code HR_…}
     */
    HrExample(int port, Map<String, String> database) {
        broker = new EmbeddedKafka(port);
        updates = "hr." + database.get("HR_TABLE");
        createTopics();
        debezium = new DebeziumConnector(broker.brokers(), database);
    }

    private void createTopics() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            admin.createTopics(Stream.of(updates, OUTCOMES, DEAD_LETTERS)
                            .map(topic -> new NewTopic(topic, 4, (short) 1))
                            .toList())
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** The settings of the service. */
    Map<String, String> settings() {
        var settings = new HashMap<>(zoom.settings());
        settings.put("kafka.brokers", broker.brokers());
        settings.put("topics.updates", updates);
        settings.put("topics.outcomes", OUTCOMES);
        settings.put("topics.dead-letters", DEAD_LETTERS);
        settings.put("events.mapping", MAPPING.toString());
        settings.put("management.port", "0");
        return settings;
    }

    @Override
    public void close() {
        debezium.close();
        zoom.close();
        broker.close();
    }
}
