package groupsync.sandbox;

import groupsync.GroupSyncApplication;
import groupsync.observe.ObserveServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The service with a broker and a Zoom stand-in in one JVM, and sample updates. */
public final class Sandbox {

    static final String UPDATES = "zoom.im-groups.updates";
    static final String OUTCOMES = "zoom.im-groups.outcomes";
    static final String DEAD_LETTERS = "zoom.im-groups.dead-letters";

    /** The family of groups, which the sandbox's user chooses. */
    private static final String GROUPS = System.getProperty("zoom.groups", "im");

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Sandbox() {}

    /** Runs until it is interrupted or, with {@code -Dsandbox.exit=true}, until the samples have their outcomes. */
    public static void main(String[] args) throws Exception {
        var port = EmbeddedKafka.usualPortOrFree();
        var broker = new EmbeddedKafka(port);
        var zoom = new ZoomStandIn()
                .group(Samples.IM.sales, "Sales (old)")
                .group(Samples.IM.finance, "Finance (old)")
                .contactGroup(Samples.CONTACTS.sales, "Sales (old)")
                .contactGroup(Samples.CONTACTS.finance, "Finance (old)");
        createTopics(broker.brokers());
        var service = GroupSyncApplication.create(settings(broker, zoom));
        service.start();
        var samples = Samples.valueOf(GROUPS.toUpperCase(Locale.ROOT));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, zoom, broker), "stop"));

        say("");
        say("Kafka broker     " + broker.brokers()
                + (port == 0 ? "  (port " + EmbeddedKafka.USUAL_PORT + " is taken)" : ""));
        say("Zoom stand-in    " + zoom.apiUrl());
        say("Page to look at  http://127.0.0.1:"
                + service.lookup("observeServer", ObserveServer.class).port() + "/observe/");
        say("");
        var table = new OutcomeTable(send(broker.brokers(), samples));
        try (var consumer = consumer(broker.brokers())) {
            consumer.subscribe(List.of(OUTCOMES, DEAD_LETTERS));
            var deadline = System.nanoTime() + LONGEST.toNanos();
            while (!table.isComplete() && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(table::add);
            }
            var met = table.check();
            say("");
            if (Boolean.getBoolean("sandbox.exit")) {
                say(met ? "Each sample met its expected outcome." : "Not all samples met their expected outcome.");
                System.exit(met ? 0 : 1);
            }
            sayHowToSend(broker.brokers(), samples);
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(Duration.ofMillis(200)).forEach(table::add);
            }
        }
    }

    private static Map<String, String> settings(EmbeddedKafka broker, ZoomStandIn zoom) {
        var settings = new HashMap<>(zoom.settings());
        settings.put("zoom.groups", GROUPS);
        settings.put("management.port", "0");
        settings.put("kafka.brokers", broker.brokers());
        settings.put("topics.updates", UPDATES);
        settings.put("topics.outcomes", OUTCOMES);
        settings.put("topics.dead-letters", DEAD_LETTERS);
        return settings;
    }

    private static void createTopics(String brokers) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(Stream.of(UPDATES, OUTCOMES, DEAD_LETTERS)
                            .map(topic -> new NewTopic(topic, 4, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Sends the samples, and returns them by the {@code ce_id} that their outcomes will have. */
    private static Map<String, Sample> send(String brokers, Samples samples)
            throws InterruptedException, ExecutionException {
        var sent = new LinkedHashMap<String, Sample>();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
            for (var sample : samples.updates()) {
                var position = producer.send(new ProducerRecord<>(UPDATES, sample.key(), sample.value()))
                        .get();
                sent.put(position.topic() + "-" + position.partition() + "-" + position.offset(), sample);
            }
        }
        return sent;
    }

    private static void sayHowToSend(String brokers, Samples samples) {
        say("Send your own, one line of JSON each: they appear in this table. Groups in the stand-in: " + samples.sales
                + ", " + samples.finance);
        say("");
        say("  echo '{\"groupId\":\"" + samples.sales + "\",\"name\":\"Sales EMEA\"}' | kcat -P -b " + brokers + " -t "
                + UPDATES + " -k " + samples.sales);
        say("  kafka-console-producer.sh --bootstrap-server " + brokers + " --topic " + UPDATES);
        say("");
        say("Ctrl-C ends it.");
        say("");
    }

    private static KafkaConsumer<String, String> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", "sandbox", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void stop(Main service, ZoomStandIn zoom, EmbeddedKafka broker) {
        service.stop();
        zoom.close();
        broker.close();
    }
}
