package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import groupsync.names.GroupIds;
import groupsync.sandbox.StandInReply;
import groupsync.settings.WrongSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that have another id since Zoom moved them, and the table of ids. */
class MovedGroupsTest extends ShippedRoutes {

    private static final int GROUPS = 12;
    private static final int EVENTS = 3 * GROUPS;

    @TempDir
    Path directory;

    private Path table(String csv) {
        try {
            var file = Files.writeString(directory.resolve("ids.csv"), csv);
            groupSync.with("zoom.groups", "contacts").with("zoom.group-ids-file", file.toString());
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEventWithAnOldIdChangesTheNewGroupAndItsOutcomeHasBothIds() {
        table("old_id,new_id,name\nold,dir.1,Finance\n");
        zoom.contactGroup("dir.1", "Finance");
        groupSync.receives("old", "{\"groupId\":\"old\",\"name\":\"Money\"}");
        groupSync.receives("old", "{\"groupId\":\"old\",\"name\":\" \"}");

        groupSync.start();

        assertThat(topics.outcomes(2))
                .extracting(
                        outcome -> outcome.path("status").asText(),
                        outcome -> outcome.path("groupId").asText(),
                        outcome -> outcome.path("requestedGroupId").asText())
                .containsExactlyInAnyOrder(tuple("APPLIED", "dir.1", "old"), tuple("REJECTED", "dir.1", "old"));
        assertThat(topics.records(topics.outcomes, count -> count >= 2, Duration.ZERO))
                .extracting(
                        outcome -> new String(outcome.key(), UTF_8), outcome -> Topics.header(outcome, "ce_subject"))
                .containsOnly(tuple("dir.1", "dir.1"));
        assertThat(Topics.header(topics.deadLetters(1).get(0), "dead-letter-group-id"))
                .isEqualTo("dir.1");
        assertThat(zoom.settings("dir.1")).containsEntry("name", "Money");
    }

    @Test
    void eventsWithTheOldAndWithTheNewIdAreAppliedOneAfterTheOther() {
        table("old,dir.1\n");
        zoom.contactGroup("dir.1", "Finance");
        zoom.latency(Duration.ofMillis(50));
        for (var i = 0; i < 10; i++) {
            topics.sendAsync("k", "{\"groupId\":\"" + (i % 2 == 0 ? "old" : "dir.1") + "\",\"name\":\"" + i + "\"}");
        }
        topics.flush();

        groupSync.start();
        groupSync.allAreApplied(10);

        var requests = requests("PATCH");
        assertThat(requests)
                .extracting(request -> request.fields().get("name"))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        for (var i = 1; i < requests.size(); i++) {
            assertThat(requests.get(i).begun())
                    .isGreaterThan(requests.get(i - 1).ended());
        }
    }

    /** The case of the issue: the events wait in a pause, and nothing but two settings is changed. */
    @Test
    void anAccountThatZoomMovedGoesOnWithTheOtherFamilyAndTheTable() {
        var csv = new StringBuilder("old_id,new_id,name\n");
        for (var i = 0; i < GROUPS; i++) {
            zoom.group("g" + i, "Group " + i).contactGroup("dir." + i, "Group " + i);
            csv.append("g" + i + ",dir." + i + ",Group " + i + "\n");
        }
        zoom.moveAccount();
        groupSync.sends(EVENTS, GROUPS);
        groupSync.start();
        groupSync.healthSays("API_GONE");
        assertThat(groupSync.health("").body()).contains("zoom.groups=contacts", "docs/contact-groups.md");
        assertThat(topics.outcomes(0)).isEmpty();
        groupSync.stop();
        assertThat(topics.lag()).isEqualTo(EVENTS);

        table(csv.toString());
        groupSync.start();

        groupSync.allAreApplied(EVENTS);
        assertThat(topics.outcomes(EVENTS))
                .allMatch(outcome -> outcome.path("groupId")
                        .asText()
                        .equals(outcome.path("requestedGroupId").asText().replace("g", "dir.")));
        for (var i = 0; i < GROUPS; i++) {
            assertThat(zoom.settings("dir." + i)).containsEntry("name", String.valueOf(EVENTS - GROUPS + i));
        }
    }

    @Test
    void aChangedTableIsReadWhileTheServiceRunsAndABadOneIsNot() throws IOException {
        var file = table("old,dir.1\n");
        zoom.contactGroup("dir.1", "Finance").contactGroup("dir.2", "Sales");
        try (var log = new LogLines(GroupIds.class)) {
            groupSync.start();

            Files.writeString(file, "old,dir.1\nother,\n");
            await().until(() -> log.all().stream().anyMatch(line -> line.startsWith("WARN")));
            groupSync.receives("old");
            assertThat(topics.outcomes(1, "groupId")).containsExactly("dir.1");
            Files.writeString(file, "old,dir.1\nother,dir.2\n");
            await().until(() -> log.all().stream().anyMatch(line -> line.contains("changed table")));
            groupSync.receives("other");

            assertThat(topics.outcomes(2, "groupId")).containsExactlyInAnyOrder("dir.1", "dir.2");
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .endsWith("ids.csv has bad lines: line 2: no new id");
        }
    }

    @Test
    void anEventKeepsTheIdThatItHadWhenItWasRead() throws IOException {
        var file = table("old,dir.1\n");
        zoom.contactGroup("dir.1", "Finance").contactGroup("dir.2", "Sales");
        zoom.answersAlways(StandInReply.status(503));
        groupSync.with("zoom.retry.attempts", "1");
        groupSync.receives("old");
        try (var log = new LogLines(GroupIds.class)) {
            groupSync.start();
            groupSync.healthSays("UNAVAILABLE");

            Files.writeString(file, "old,dir.2\n");
            await().until(() -> log.all().stream().anyMatch(line -> line.contains("changed table")));
            zoom.answersAlways(new StandInReply.AsZoom());

            assertThat(topics.outcomes(1, "groupId")).containsExactly("dir.1");
        }
    }

    @Test
    void aBadTableStopsTheStart() {
        var file = table("old_id,new_id,name\na,dir.1,Finance\nb,,Sales\nb/c,dir.3,Legal\n");

        assertThatThrownBy(groupSync::start)
                .isInstanceOf(WrongSettingException.class)
                .hasMessage("zoom.group-ids-file: " + file
                        + " has bad lines: line 3: no new id; line 4: old id: 'b/c' is or holds a slash or backslash");
    }
}
