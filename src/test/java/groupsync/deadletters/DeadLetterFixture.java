package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groupsync.TestBroker;
import groupsync.Topics;
import groupsync.deadletters.print.Terminal;
import groupsync.deadletters.topic.KafkaCluster;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Topics with letters and outcomes in them, as the service writes them, and the tool to look at them. */
public final class DeadLetterFixture implements BeforeEachCallback, AfterEachCallback {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Terminal PIPE = new Terminal(160, false, false, true);

    private @Nullable Topics topics;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private Terminal terminal = PIPE;

    @Override
    public void beforeEach(ExtensionContext context) {
        topics = new Topics(TestBroker.brokers());
        topics.createAll(2);
        terminal = PIPE;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        producer.close();
        topics.close();
    }

    Topics topics() {
        return topics;
    }

    KafkaCluster cluster() {
        return new KafkaCluster(
                Map.of("bootstrap.servers", TestBroker.brokers()),
                104_857_600,
                topics.updates,
                topics.outcomes,
                topics.deadLetters);
    }

    void on(Terminal other) {
        terminal = other;
    }

    /** A letter whose event came from that place of the updates topic. */
    final class Letter {
        private final List<Header> headers = new ArrayList<>();
        private byte[] key;
        private int eventHeaders;
        private byte @Nullable [] value;

        private Letter(String event, @Nullable String group, String reason, int sourcePartition, long sourceOffset) {
            var name = group == null ? "a name" : group;
            key = name.getBytes(UTF_8);
            value = ("{\"eventId\":\"" + event + "\",\"groupId\":\"" + name + "\",\"name\":\"n\"}").getBytes(UTF_8);
            with("reason", reason)
                    .with("message", "refused " + event)
                    .with("attempts", "1")
                    .with("failed-at", NOW.toString())
                    .with("event-id", event)
                    .with("source-topic", topics.updates)
                    .with("source-partition", String.valueOf(sourcePartition))
                    .with("source-offset", String.valueOf(sourceOffset))
                    .with("source-timestamp", "1795409100123")
                    .with("replays", "0");
            if (group != null) {
                with("group-id", group);
            }
        }

        Letter with(String name, String text) {
            return withHeader("dead-letter-" + name, text.getBytes(UTF_8));
        }

        Letter withHeader(String name, byte[] bytes) {
            headers.add(new RecordHeader(name, bytes));
            return this;
        }

        /** A header that the event came with: it stands before those of the letter. */
        Letter withHeaderOfEvent(String name, String text) {
            headers.add(eventHeaders++, new RecordHeader(name, text.getBytes(UTF_8)));
            return this;
        }

        Letter withKey(String text) {
            key = text.getBytes(UTF_8);
            return this;
        }

        Letter withValue(byte @Nullable [] bytes) {
            value = bytes;
            return this;
        }

        ProducerRecord<byte[], byte[]> to(String topic) {
            return new ProducerRecord<>(topic, null, key, value, headers);
        }

        void send() {
            write(topics.deadLetters, key, value, headers);
        }

        void sendAsync() {
            var unused = producer.send(to(topics.deadLetters));
        }
    }

    /** @param group {@code null} if the service could not know it */
    Letter letter(String event, @Nullable String group, String reason, int sourcePartition, long sourceOffset) {
        return new Letter(event, group, reason, sourcePartition, sourceOffset);
    }

    Letter letter(String event, String group, String reason) {
        return letter(event, group, reason, 0, 0);
    }

    /** A record that is none of the service's. */
    void stranger(List<Header> headers) {
        write(topics.deadLetters, "stranger".getBytes(UTF_8), "?".getBytes(UTF_8), headers);
    }

    /** What became of the update at that place. */
    void outcome(String event, String group, String status, int partition, long offset) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", event)
                .put("groupId", group)
                .put("status", status)
                .put("attempts", 1)
                .put("completedAt", NOW.plusSeconds(offset).toString())
                .putObject("source")
                .put("topic", topics.updates)
                .put("partition", partition)
                .put("offset", offset);
        write(topics.outcomes, group.getBytes(UTF_8), json.toString().getBytes(UTF_8), List.of());
    }

    /** The topic takes no larger records than this, in bytes. */
    void limitUpdates(int bytes) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.updates);
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes));
        try (var admin = Admin.create(Map.of("bootstrap.servers", TestBroker.brokers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            // The broker takes note of it a moment later.
            await().atMost(Duration.ofSeconds(60)).until(() -> isTooLarge(bytes + 1));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isTooLarge(int bytes) {
        try {
            var unused = producer.send(
                            new ProducerRecord<>(topics.updates, 1, null, (" ".repeat(bytes) + "{}").getBytes(UTF_8)))
                    .get();
            return false;
        } catch (InterruptedException | ExecutionException e) {
            return e.getCause() instanceof RecordTooLargeException;
        }
    }

    /** The service read the last replay of the event, and refused it once more. */
    void refusedAgain(String event, @Nullable String group) {
        var replays = updates().stream()
                .filter(update -> eventId(update).equals(event))
                .toList();
        var update = replays.get(replays.size() - 1);
        letter(event, group, "name-taken", update.partition(), update.offset())
                .with("replays", String.valueOf(replays.size()))
                .send();
        outcome(event, group == null ? "" : group, "REJECTED", update.partition(), update.offset());
    }

    void flush() {
        producer.flush();
    }

    private void write(String topic, byte[] key, byte @Nullable [] value, List<Header> headers) {
        try {
            var unused = producer.send(new ProducerRecord<>(topic, null, key, value, headers))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Updates that were replayed so far and committed. */
    List<ConsumerRecord<byte[], byte[]>> updates() {
        return topics.records(topics.updates, count -> true, Duration.ZERO);
    }

    ConsumerRecord<byte[], byte[]> updateOf(String event) {
        return updates().stream()
                .filter(update -> eventId(update).equals(event))
                .findFirst()
                .orElseThrow();
    }

    static String eventId(ConsumerRecord<byte[], byte[]> update) {
        return Topics.json(update.value()).path("eventId").asText();
    }

    /** Lets so many updates of other groups come before what comes next. */
    void fillUpdates(int partition, int count) {
        for (var i = 0; i < count; i++) {
            var unused = producer.send(
                    new ProducerRecord<>(topics.updates, partition, "other".getBytes(UTF_8), "{}".getBytes(UTF_8)));
        }
        producer.flush();
    }

    List<String> replayedEvents() {
        return updates().stream().map(DeadLetterFixture::eventId).toList();
    }

    record Run(int status, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        List<JsonNode> json() {
            return out.lines().map(line -> Topics.json(line.getBytes(UTF_8))).toList();
        }

        List<String> values(String field) {
            return json().stream().map(line -> line.path(field).asText()).toList();
        }
    }

    /** Runs a command of the tool whose output goes there. */
    Run runTo(OutputStream out, String... arguments) {
        var err = new StringWriter();
        var all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        var status = DeadLettersCommand.execute(
                DeadLettersCommand.commandLine(tool(cluster(), "")).setErr(new PrintWriter(err)),
                out,
                UTF_8,
                all.toArray(String[]::new));
        return new Run(status, "", err.toString());
    }

    /** Runs a command of the tool, with nobody to answer it. */
    Run run(String... arguments) {
        return runAnswering("", arguments);
    }

    Run runAnswering(String answers, String... arguments) {
        return run(cluster(), answers, arguments);
    }

    Run run(KafkaCluster cluster, String answers, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        var status = DeadLettersCommand.commandLine(tool(cluster, answers))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    private ToolContext tool(KafkaCluster cluster, String answers) {
        return new ToolContext(
                () -> cluster,
                terminal,
                new BufferedReader(new StringReader(answers)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
