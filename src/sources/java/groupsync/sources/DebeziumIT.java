package groupsync.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.JavaProcess;
import groupsync.Patience;
import groupsync.ServiceProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table in a real PostgreSQL, read by Debezium's connector in a worker of Kafka Connect, and the shipped jar. */
@Tag("sources")
class DebeziumIT {

    private static HrDatabase database;
    private static HrExample example;
    private static RecordsOfTable records;
    private static JavaProcess service;

    @BeforeAll
    static void start() {
        database = new HrDatabase();
        example = new HrExample(0, database.settings());
        database.groups().keySet().forEach(id -> example.zoom.group(id, "old " + id));
        records = new RecordsOfTable(example.broker.brokers(), example.updates);
        service = startService();
    }

    private static JavaProcess startService() {
        var settings = new HashMap<>(example.settings());
        settings.put("zoom.requests-per-second", "80");
        return ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        records.close();
        example.close();
        database.close();
    }

    @AfterEach
    void zoomEqualsTheTableAndEveryRecordHasAnOutcome() {
        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(zoom()).as(logs()).isEqualTo(database.groups()));
        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(records.withoutOutcome()).isEmpty());
    }

    /** The groups of the table as Zoom has them. */
    private static Map<String, Map<String, String>> zoom() {
        return database.groups().keySet().stream().collect(Collectors.toMap(id -> id, DebeziumIT::settings));
    }

    private static Map<String, String> settings(String id) {
        var all = example.zoom.settings(id);
        return Map.of("name", all.getOrDefault("name", ""), "type", all.getOrDefault("type", ""));
    }

    private static String logs() {
        return "Connect:\n" + example.debezium.log() + "\nservice:\n" + service.output();
    }

    private static void sql(String statement) {
        assertThat(database.execute(statement)).isPositive();
    }

    /** Adds rows whose groups are in Zoom under another name. */
    private static void insert(int first, int last) {
        for (var id = first; id <= last; id++) {
            example.zoom.group("group-" + id, "old " + id);
        }
        sql(
                "INSERT INTO hr_group (id, zoom_id, name) SELECT id, 'group-' || id, 'Group ' || id FROM generate_series(%d, %d) id"
                        .formatted(first, last));
    }

    private static long ignored() {
        return records.statuses().getOrDefault("IGNORED", 0L);
    }

    private static void awaitIgnored(long number) {
        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(ignored()).as(logs()).isEqualTo(number));
    }

    @Test
    void aSnapshotAppliesTheRowsThatWereThereBefore() {
        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(example.zoom.settings("7-PqjfBcTW2M9fFzRk_h3Q"))
                        .as(logs())
                        .containsEntry("name", "Finance")
                        .containsEntry("type", "restricted"));
    }

    @Test
    void anInsertARenameAndAChangeOfTypeAreApplied() {
        insert(10, 10);
        sql("UPDATE hr_group SET name = 'Renamed' WHERE id = 10");
        sql("UPDATE hr_group SET type = 'shared' WHERE id = 10");

        await().atMost(Patience.LONGEST)
                .untilAsserted(
                        () -> assertThat(settings("group-10")).isEqualTo(Map.of("name", "Renamed", "type", "shared")));
    }

    @Test
    void aDeleteItsTombstoneAndAnotherColumnAreIgnored() {
        insert(20, 20);
        zoomEqualsTheTableAndEveryRecordHasAnOutcome();
        var before = ignored();

        sql("UPDATE hr_group SET cost_center = '0815' WHERE id = 20");
        awaitIgnored(before + 1);
        sql("DELETE FROM hr_group WHERE id = 20");
        awaitIgnored(before + 3);

        assertThat(example.zoom.settings("group-20")).containsEntry("name", "Group 20");
    }

    @Test
    void aRowWithoutAGroupIsIgnoredUntilItHasOne() {
        zoomEqualsTheTableAndEveryRecordHasAnOutcome();
        example.zoom.group("canteen", "old");
        var before = ignored();

        sql("INSERT INTO hr_group (id, name) VALUES (30, 'Canteen')");
        awaitIgnored(before + 1);
        sql("UPDATE hr_group SET zoom_id = 'canteen' WHERE id = 30");

        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(settings("canteen")).containsEntry("name", "Canteen"));
    }

    @Test
    void aTransactionOf500RowsIsApplied() {
        insert(1000, 1499);
        zoomEqualsTheTableAndEveryRecordHasAnOutcome();

        sql("UPDATE hr_group SET name = name || ' EMEA', type = 'restricted' WHERE id BETWEEN 1000 AND 1499");

        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(settings("group-1499"))
                        .isEqualTo(Map.of("name", "Group 1499 EMEA", "type", "restricted")));
    }

    @Test
    void aServiceKilledInTheMiddleOfATransactionCatchesUp() {
        insert(2000, 2499);
        zoomEqualsTheTableAndEveryRecordHasAnOutcome();
        var before = example.zoom.requests().size();

        sql("UPDATE hr_group SET name = name || ' APAC' WHERE id BETWEEN 2000 AND 2499");
        await().atMost(Patience.LONGEST).until(() -> example.zoom.requests().size() > before + 100);
        service.kill();
        service.exitStatus(Patience.LONGEST);
        var sent = example.zoom.requests().size() - before;
        service.close();
        assertThat(sent).isLessThan(500);

        sql("UPDATE hr_group SET type = 'shared' WHERE id BETWEEN 2000 AND 2009");
        service = startService();
        await().atMost(Patience.LONGEST)
                .untilAsserted(() -> assertThat(settings("group-2009"))
                        .isEqualTo(Map.of("name", "Group 2009 APAC", "type", "shared")));
    }
}
