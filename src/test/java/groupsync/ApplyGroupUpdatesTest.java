package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplyGroupUpdatesTest {

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void appliesAnUpdateAndSaysSo() {
        groupSync.start();

        groupSync.receives("SobVexyrQjqCkcxjpBWi6w", """
                {"eventId": "hr-2041", "groupId": "SobVexyrQjqCkcxjpBWi6w", "name": "Finance", "type": "restricted",
                 "search_by_domain": false, "search_by_account": true, "search_by_ma_account": false}""");

        var outcome = groupSync.topics().outcomes(1).get(0);
        assertThat(outcome.path("eventId").asText()).isEqualTo("hr-2041");
        assertThat(outcome.path("status").asText()).isEqualTo("APPLIED");
        assertThat(groupSync.zoom().settings("SobVexyrQjqCkcxjpBWi6w"))
                .isEqualTo(Map.of(
                        "name", "Finance",
                        "type", "restricted",
                        "search_by_domain", "false",
                        "search_by_account", "true",
                        "search_by_ma_account", "false"));
        assertThat(groupSync.topics().deadLetters(0)).isEmpty();
        await().until(() -> groupSync.topics().lag() == 0);
    }
}
