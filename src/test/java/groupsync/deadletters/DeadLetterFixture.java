package groupsync.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import groupsync.TestBroker;
import groupsync.Topics;
import groupsync.deadletters.topic.KafkaCluster;
import groupsync.tool.Output;
import groupsync.tool.Program;
import groupsync.tool.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Topics with letters and outcomes as the service writes them, and the tool to run on them. */
final class DeadLetterFixture implements BeforeEachCallback, AfterEachCallback {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final byte[] OTHER = "other".getBytes(UTF_8);

    private final Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.brokers());
    private @Nullable Topics topics;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private Terminal terminal = new Terminal(160, false, false, true);

    @Override
    public void beforeEach(ExtensionContext context) {
        topics = new Topics(TestBroker.brokers());
        topics.createAll(2);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
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
        return new KafkaCluster(client, 104_857_600, topics.updates, topics.outcomes, topics.deadLetters);
    }

    void on(Terminal other) {
        terminal = other;
    }

    /** @param group {@code null} if the service does not know it */
    LetterBuilder letter(String event, @Nullable String group) {
        return new LetterBuilder(event, group, topics, this::write);
    }

    /** Writes a record that is no letter of the service. */
    void stranger(Header... headers) {
        var stranger = "stranger".getBytes(UTF_8);
        write(new ProducerRecord<>(topics.deadLetters, null, stranger, stranger, List.of(headers)));
    }

    /** Writes an outcome of the update at that position. */
    void outcome(String event, String group, String status, int partition, long offset) {
        outcome(event, group, "", status, partition, offset);
    }

    /** Writes an outcome of the update at that position, which has another id than its group. */
    void outcome(String event, String group, String requested, String status, int partition, long offset) {
        var other = requested.isEmpty() ? "" : "\"requestedGroupId\":\"" + requested + "\",";
        var json =
                """
                {"eventId":"%s","groupId":"%s",%s"status":"%s","attempts":1,"completedAt":"%s",
                "source":{"topic":"%s","partition":%d,"offset":%d}}""".formatted(event, group, other, status, NOW.plusSeconds(offset), topics.updates, partition, offset);
        write(new ProducerRecord<>(topics.outcomes, group.getBytes(UTF_8), json.getBytes(UTF_8)));
    }

    /** The service read the last replay of the event, and refused it once more. */
    void refuseAgain(String event, @Nullable String group) {
        var replays = updates().stream()
                .filter(update -> eventId(update).equals(event))
                .toList();
        var update = replays.get(replays.size() - 1);
        letter(event, group)
                .from(update.partition(), update.offset())
                .with("replays", String.valueOf(replays.size()))
                .send();
        outcome(event, group == null ? "" : group, "REJECTED", update.partition(), update.offset());
    }

    /** Limits the records of the updates topic to this many bytes. */
    void limitUpdates(int bytes) {
        topics.configure(topics.updates, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes));
        // The broker applies it a moment later.
        await().atMost(Duration.ofSeconds(60)).until(() -> isTooLarge(new byte[bytes + 1]));
    }

    private boolean isTooLarge(byte[] value) {
        try {
            write(new ProducerRecord<>(topics.updates, 1, OTHER, value));
            return false;
        } catch (IllegalStateException e) {
            return e.getCause().getCause() instanceof RecordTooLargeException;
        }
    }

    /** Lets updates of other groups precede the next update. */
    void fillUpdates(int partition, int count) {
        for (var i = 0; i < count; i++) {
            var unused = producer.send(new ProducerRecord<>(topics.updates, partition, OTHER, "{}".getBytes(UTF_8)));
        }
        producer.flush();
    }

    private void write(ProducerRecord<byte[], byte[]> letter) {
        Topics.await(producer.send(letter));
    }

    /** The updates that were replayed and committed, without those of other groups. */
    List<ConsumerRecord<byte[], byte[]>> updates() {
        return topics.records(topics.updates, count -> true, Duration.ZERO).stream()
                .filter(update -> !Arrays.equals(update.key(), OTHER))
                .toList();
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

    List<String> replayedEvents() {
        return updates().stream().map(DeadLetterFixture::eventId).toList();
    }

    record Run(int status, String out, String err) {

        /** Asserts a failure, which is one line on standard error and status 1; returns the line. */
        AbstractStringAssert<?> assertFailed() {
            assertThat(status).isEqualTo(1);
            return assertThat(err.strip()).hasLineCount(1);
        }

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

    /** Runs a command of the tool, without an answer to its questions. */
    Run run(String command) {
        return run(cluster(), command);
    }

    Run run(KafkaCluster cluster, String command) {
        return run(cluster, "", new ByteArrayOutputStream(), command);
    }

    Run runTo(OutputStream out, String command) {
        return run(cluster(), "", out, command);
    }

    Run runAnswering(String answers, String command) {
        return run(cluster(), answers, new ByteArrayOutputStream(), command);
    }

    /** Replays without a question. */
    Run replay(String... options) {
        return run("replay --yes " + String.join(" ", options));
    }

    private Run run(KafkaCluster cluster, String answers, OutputStream out, String command) {
        var err = new StringWriter();
        var in = new BufferedReader(new StringReader(answers));
        var tool = new DeadLettersCommand(() -> cluster, terminal, in, Clock.fixed(NOW, ZoneOffset.UTC));
        var program = Program.with(tool.commandLine()).setErr(new PrintWriter(err));
        var status = Program.execute(program, new Output(out), UTF_8, ("dead-letters " + command).split(" +"));
        var text = out instanceof ByteArrayOutputStream bytes ? bytes.toString(UTF_8) : "";
        return new Run(status, text, err.toString());
    }
}
