package groupsync.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import groupsync.GroupSyncApplication;
import groupsync.sandbox.EmbeddedKafka;
import groupsync.settings.WrongSettingException;
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
    private static final int LONGEST = 100;

    private static volatile boolean running = true;

    private HrSandbox() {}

    /** Runs until it is interrupted. With {@code HR_DATABASE_HOST} in the environment, it reads that database. */
    public static void main(String[] args) throws IOException {
        try {
            run();
        } catch (IllegalArgumentException | WrongSettingException e) {
            say(e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException {
        if (System.getenv().containsKey("HR_DATABASE_HOST")) {
            runOnOwnDatabase();
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

    private static void runOnOwnDatabase() throws IOException {
        var database = new HashMap<>(System.getenv());
        database.keySet().removeIf(name -> !name.startsWith("HR_"));
        if (!database.getOrDefault("HR_TABLE", "").contains(".")) {
            throw new IllegalArgumentException("HR_TABLE: '" + database.get("HR_TABLE")
                    + "' is not a table with its schema, such as public.departments");
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> say("The slot keeps PostgreSQL's log until you drop it, in database "
                                + database.get("HR_DATABASE_NAME") + ": SELECT pg_drop_replication_slot('hr');"),
                        "slot"));
        say("Change rows with psql.");
        run(new HrExample(EmbeddedKafka.usualPortOrFree(), database), 0, () -> {});
    }

    private static void run(HrExample example, int rows, Runnable afterSnapshot) throws IOException {
        var service = GroupSyncApplication.create(example.settings());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running = false;
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
                    say("rows changed: " + database.execute(line));
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
            while (running) {
                example.debezium.newLines().forEach(line -> say("Connect: " + line));
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
        var message = outcome.path("message").asText();
        row(
                source.path("partition").asText() + "@" + source.path("offset").asText(),
                (outcome.path("status").asText() + " " + outcome.path("reason").asText()).strip(),
                // The record's key, where there is no group.
                group.isEmpty() && published.key() != null ? new String(published.key(), UTF_8) : group,
                example.zoom.settings(group).getOrDefault("name", ""),
                message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
    }

    private static void row(String record, String outcome, String group, String name, String message) {
        System.out.printf("%-7s  %-25s  %-22s  %-18s  %s%n", record, outcome, group, name, message);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
