package groupsync.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.GroupSyncApplication;
import groupsync.sandbox.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The example with the service, to try by hand: it runs SQL from standard input and prints each outcome. */
public final class HrSandbox {

    private static final JsonMapper JSON = new JsonMapper();

    private HrSandbox() {}

    /** Runs until it is interrupted. With {@code HR_DATABASE_HOST} in the environment, it reads that database. */
    public static void main(String[] args) throws Exception {
        if (System.getenv().containsKey("HR_DATABASE_HOST")) {
            var database = new HashMap<>(System.getenv());
            database.keySet().removeIf(name -> !name.startsWith("HR_"));
            database.putIfAbsent("HR_TABLE", "public.hr_group");
            run(new HrExample(EmbeddedKafka.usualPortOrFree(), database), 0, () -> {});
            return;
        }
        var database = new HrDatabase();
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "stop PostgreSQL"));
        say("");
        say("PostgreSQL       psql -h 127.0.0.1 -p " + database.port() + " -U postgres postgres");
        var example = new HrExample(EmbeddedKafka.usualPortOrFree(), database.settings());
        database.groups().keySet().forEach(id -> example.zoom.group(id, "old " + id));
        run(example, database.groups().size(), () -> invite(database));
    }

    private static void run(HrExample example, int rows, Runnable afterSnapshot) throws IOException {
        var service = GroupSyncApplication.create(example.settings());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            service.stop();
                            example.close();
                        },
                        "stop"));
        service.start();
        say("Kafka broker     " + example.broker.brokers());
        say("Zoom stand-in    " + example.zoom.apiUrl());
        say("");
        say("Debezium reads the table " + example.updates.replaceFirst("^hr\\.", "") + " first. Ctrl-C ends it.");
        say("");
        row("RECORD", "OUTCOME", "GROUP", "NAME IN ZOOM", "MESSAGE");
        printOutcomes(example, rows, afterSnapshot);
    }

    private static void invite(HrDatabase database) {
        say("");
        say("Type SQL, one statement a line:");
        say("  UPDATE hr_group SET name = 'Sales EMEA' WHERE id = 1");
        say("");
        var typing = new Thread(() -> runSql(database), "sql");
        typing.setDaemon(true);
        typing.start();
    }

    private static void runSql(HrDatabase database) {
        var lines = new Scanner(System.in, UTF_8);
        while (lines.hasNextLine()) {
            var line = lines.nextLine();
            try {
                if (!line.isBlank()) {
                    say("rows: " + database.execute(line));
                }
            } catch (IllegalArgumentException e) {
                say(e.getMessage());
            }
        }
    }

    private static void printOutcomes(HrExample example, int rows, Runnable afterSnapshot) throws IOException {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", example.broker.brokers(),
                        "group.id", "sandbox",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(HrExample.OUTCOMES));
            var printed = 0;
            while (!Thread.currentThread().isInterrupted()) {
                for (var published : consumer.poll(Duration.ofMillis(200))) {
                    print(published, example);
                    if (++printed == rows) {
                        afterSnapshot.run();
                    }
                }
            }
        }
    }

    private static void print(ConsumerRecord<byte[], byte[]> published, HrExample example) throws IOException {
        var outcome = JSON.readTree(published.value());
        var source = outcome.path("source");
        var group = outcome.path("groupId").asText();
        row(
                source.path("partition").asText() + "@" + source.path("offset").asText(),
                (outcome.path("status").asText() + " " + outcome.path("reason").asText()).strip(),
                group,
                example.zoom.settings(group).getOrDefault("name", ""),
                outcome.path("message").asText());
    }

    private static void row(String record, String outcome, String group, String name, String message) {
        System.out.printf("%-7s  %-25s  %-22s  %-18s  %s%n", record, outcome, group, name, message);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
