package groupsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.GroupSyncApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The whole of it with nothing to install: a broker, a Zoom stand-in and the service in one JVM, and samples. */
public final class Sandbox {

    private static final int USUAL_PORT = 9092;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String UPDATES = "zoom.im-groups.updates";
    private static final String OUTCOMES = "zoom.im-groups.outcomes";
    private static final String DEAD_LETTERS = "zoom.im-groups.dead-letters";
    private static final String SALES = "SobVexyrQjqCkcxjpBWi6w";
    private static final String FINANCE = "7-PqjfBcTW2M9fFzRk_h3Q";
    private static final JsonMapper JSON = new JsonMapper();

    /** A sample, and what is to become of it: an outcome's status, and its reason if it has one. */
    private record Sample(String what, String key, String value, String expected) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "all settings of a group",
                    SALES,
                    "{\"eventId\":\"hr-1\",\"groupId\":\"" + SALES + "\",\"name\":\"Sales\",\"type\":\"restricted\","
                            + "\"search_by_domain\":false,\"search_by_account\":true,\"search_by_ma_account\":false}",
                    "APPLIED"),
            new Sample(
                    "one setting of another",
                    FINANCE,
                    "{\"eventId\":\"hr-2\",\"groupId\":\"" + FINANCE + "\",\"name\":\"Finance\",\"type\":\"shared\"}",
                    "APPLIED"),
            new Sample(
                    "a rename",
                    SALES,
                    "{\"eventId\":\"hr-3\",\"groupId\":\"" + SALES + "\",\"name\":\"Sales & Müller\"}",
                    "APPLIED"),
            new Sample(
                    "a group that Zoom does not know",
                    "NoSuchGroupInZoom00000",
                    "{\"eventId\":\"hr-4\",\"groupId\":\"NoSuchGroupInZoom00000\",\"name\":\"Ghosts\"}",
                    "REJECTED group-not-found"),
            new Sample(
                    "a type that there is not",
                    FINANCE,
                    "{\"eventId\":\"hr-5\",\"groupId\":\"" + FINANCE + "\",\"name\":\"Finance\",\"type\":\"secret\"}",
                    "REJECTED invalid-event"),
            new Sample("broken JSON", FINANCE, "{\"eventId\":\"hr-6\",\"groupId\":", "REJECTED malformed-json"));

    private Sandbox() {}

    /** Runs until it is interrupted or, with {@code -Dsandbox.exit=true}, until the samples are done. */
    public static void main(String[] args) throws Exception {
        var port = isFree(USUAL_PORT) ? USUAL_PORT : 0;
        var broker = new EmbeddedKafka(port);
        var zoom = new ZoomStandIn().group(SALES, "Sales (old)").group(FINANCE, "Finance (old)");
        createTopics(broker.brokers());
        var service = GroupSyncApplication.create(settings(broker, zoom));
        service.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, zoom, broker), "stop"));

        say("");
        say("Kafka broker     %s%s", broker.brokers(), port == 0 ? "  (port " + USUAL_PORT + " is taken)" : "");
        say("Zoom stand-in    %s", zoom.apiUrl());
        say("");
        var sent = send(broker.brokers());
        var met = show(broker.brokers(), sent);
        say("");
        if (Boolean.getBoolean("sandbox.exit")) {
            say(met ? "Each sample met its expected outcome." : "Not all samples met their expected outcome.");
            System.exit(met ? 0 : 1);
        }
        sayHowToSend(broker.brokers());
        try (var watched = consumer(broker.brokers())) {
            watched.subscribe(List.of(OUTCOMES, DEAD_LETTERS));
            while (!Thread.currentThread().isInterrupted()) {
                for (var shown : watched.poll(Duration.ofMillis(200))) {
                    if (!isOfSample(shown, sent)) {
                        show(shown);
                    }
                }
            }
        }
        new CountDownLatch(1).await();
    }

    private static Map<String, String> settings(EmbeddedKafka broker, ZoomStandIn zoom) {
        return Map.of(
                "management.port",
                "0",
                "kafka.brokers",
                broker.brokers(),
                "topics.updates",
                UPDATES,
                "topics.outcomes",
                OUTCOMES,
                "topics.dead-letters",
                DEAD_LETTERS,
                "zoom.api-url",
                zoom.apiUrl(),
                "zoom.token-url",
                zoom.tokenUrl(),
                "zoom.account-id",
                ZoomStandIn.ACCOUNT_ID,
                "zoom.client-id",
                ZoomStandIn.CLIENT_ID,
                "zoom.client-secret",
                ZoomStandIn.CLIENT_SECRET);
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

    /** Sends the samples; each is known by where it stands in Kafka, as its outcome says. */
    private static Map<String, Sample> send(String brokers) throws InterruptedException, ExecutionException {
        var sent = new LinkedHashMap<String, Sample>();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
            for (var sample : SAMPLES) {
                var where = producer.send(new ProducerRecord<>(UPDATES, sample.key(), sample.value()))
                        .get();
                sent.put(where.topic() + "-" + where.partition() + "-" + where.offset(), sample);
            }
        }
        return sent;
    }

    /** Shows what becomes of the samples. */
    private static boolean show(String brokers, Map<String, Sample> sent) {
        say("%-9s  %-31s  %-24s  %s", "EVENT", "SAMPLE", "OUTCOME", "MESSAGE");
        var waiting = new LinkedHashMap<>(sent);
        var letters = 0L;
        var lettersExpected = SAMPLES.stream()
                .filter(sample -> sample.expected().startsWith("REJECTED"))
                .count();
        var met = true;
        var deadline = System.nanoTime() + LONGEST.toNanos();
        try (var consumer = consumer(brokers)) {
            consumer.subscribe(List.of(OUTCOMES, DEAD_LETTERS));
            while ((!waiting.isEmpty() || letters < lettersExpected) && System.nanoTime() < deadline) {
                for (var shown : consumer.poll(Duration.ofMillis(100))) {
                    if (shown.topic().equals(DEAD_LETTERS)) {
                        letters++;
                        show(shown);
                        continue;
                    }
                    var outcome = json(shown.value());
                    var sample = waiting.remove(header(shown, "ce_id"));
                    var what = described(outcome);
                    if (sample != null) {
                        met &= what.equals(sample.expected());
                        say(outcome, sample.what());
                    }
                }
            }
        }
        waiting.values().forEach(sample -> say("%-9s  %-31s  NO OUTCOME", "", sample.what()));
        return met && waiting.isEmpty() && letters == lettersExpected;
    }

    private static boolean isOfSample(ConsumerRecord<String, String> shown, Map<String, Sample> sent) {
        return shown.topic().equals(OUTCOMES)
                ? sent.containsKey(header(shown, "ce_id"))
                : sent.containsKey(header(shown, "dead-letter-source-topic") + "-"
                        + header(shown, "dead-letter-source-partition") + "-"
                        + header(shown, "dead-letter-source-offset"));
    }

    private static void show(ConsumerRecord<String, String> shown) {
        if (shown.topic().equals(OUTCOMES)) {
            say(json(shown.value()), "");
        } else {
            say("%-9s  %-31s  %-24s  %s", "", "  dead letter", header(shown, "dead-letter-reason"), shown.value());
        }
    }

    private static void say(JsonNode outcome, String what) {
        say(
                "%-9s  %-31s  %-24s  %s",
                outcome.path("eventId").asText().startsWith(UPDATES)
                        ? "-"
                        : outcome.path("eventId").asText(),
                what.isEmpty() ? outcome.path("groupId").asText() : what,
                described(outcome),
                outcome.path("message").asText());
    }

    private static String described(JsonNode outcome) {
        return (outcome.path("status").asText() + " " + outcome.path("reason").asText()).strip();
    }

    private static void sayHowToSend(String brokers) {
        say("Send your own, one line of JSON each; this table goes on. Groups in the stand-in: %s, %s", SALES, FINANCE);
        say("");
        say(
                "  echo '{\"groupId\":\"%s\",\"name\":\"Sales EMEA\"}' | kcat -P -b %s -t %s -k %s",
                SALES, brokers, UPDATES, SALES);
        say("  kafka-console-producer.sh --bootstrap-server %s --topic %s", brokers, UPDATES);
        say("");
        say("Ctrl-C ends it.");
        say("");
    }

    private static KafkaConsumer<String, String> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        "sandbox-" + System.nanoTime(),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static String header(ConsumerRecord<String, String> shown, String name) {
        var header = shown.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException("an outcome is no JSON: " + value, e);
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would need one more library
    private static void say(String line, Object... values) {
        System.out.println(values.length == 0 ? line : String.format(line, values));
    }

    private static void stop(Main service, ZoomStandIn zoom, EmbeddedKafka broker) {
        service.stop();
        zoom.close();
        broker.close();
    }
}
