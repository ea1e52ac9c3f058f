package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a topic does not take as it is gets there in another form, and nothing waits behind it. */
class UnpublishableTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] NO_JSON = "no JSON".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    final GroupSyncFixture groupSync = new GroupSyncFixture();

    @Test
    void aKeyAsLargeAsARecordCanBeIsReplaced() {
        groupSync.start();

        var source = groupSync.topics().send("k".repeat(1_048_300), NO_JSON);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        allIsDone();
        var letter = groupSync.topics().deadLetters(1).get(0);
        assertThat(letter.key()).asString().isEqualTo(source.toString());
        assertThat(Topics.header(letter, "dead-letter-key-replaced")).isEqualTo("1048300");
        assertThat(groupSync.topics().outcomes(2)).hasSize(2);
        assertThat(keysOfOutcomes(2)).containsExactlyInAnyOrder(source.toString(), "g1");
        assertThat(groupSync.metrics().value("zoom_group_sync_pauses_total")).isZero();
    }

    @Test
    void onCompactedTopicsAnEventWithoutAKeyGetsOne() {
        groupSync.topics().configure(groupSync.topics().outcomes, "cleanup.policy", "compact");
        groupSync.topics().configure(groupSync.topics().deadLetters, "cleanup.policy", "compact");
        groupSync.start();

        var first = groupSync.topics().send(null, NO_JSON);
        assertThat(groupSync.topics().outcomes(1)).hasSize(1);
        var second = groupSync.topics().send(null, NO_JSON);
        groupSync.receives("g1", "{\"groupId\":\"g1\",\"name\":\"n\"}");

        allIsDone();
        assertThat(groupSync.topics().deadLetters(2)).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(NO_JSON);
            assertThat(Topics.header(letter, "dead-letter-key-replaced")).isEqualTo("none");
        });
        assertThat(groupSync.topics().deadLetters(2))
                .extracting(letter -> new String(letter.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(first.toString(), second.toString());
        assertThat(keysOfOutcomes(3)).containsExactlyInAnyOrder(first.toString(), second.toString(), "g1");
        assertThat(groupSync.metrics().value("zoom_group_sync_pauses_total")).isZero();
    }

    @Test
    void anOutcomeThatIsTooLargeIsShortened() {
        groupSync.topics().configure(groupSync.topics().outcomes, "max.message.bytes", "1200");
        groupSync.start();

        var trace = new Header[] {
            header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            header("tracestate", "vendor=" + "s".repeat(250) + ",a=" + "s".repeat(250) + ",b=" + "s".repeat(250))
        };
        var update = "{\"eventId\":\"hr-1\",\"groupId\":\"g1\",\"name\":\"n\"}";
        groupSync.topics().send("g1", update.getBytes(StandardCharsets.UTF_8), trace);
        groupSync.receives("g2", "{\"groupId\":\"g2\",\"name\":\"n\"}");

        allIsDone();
        var published = groupSync.topics().records(groupSync.topics().outcomes, count -> count >= 2, PATIENCE);
        assertThat(published).hasSize(2).anySatisfy(outcome -> {
            assertThat(outcome.key()).asString().isEqualTo("g1");
            assertThat(Topics.header(outcome, "ce_shortened")).isEqualTo("true");
            assertThat(Topics.json(outcome.value()).path("eventId").asText()).isEqualTo("hr-1");
        });
        assertThat(groupSync.topics().outcomes(2))
                .allMatch(outcome -> outcome.path("status").asText().equals("APPLIED"));
        assertThat(groupSync.zoom().requests()).hasSize(2);
        assertThat(groupSync.metrics().value("zoom_group_sync_pauses_total")).isZero();
    }

    /** Each record waits for the topic's metadata: these 30 would take five minutes. */
    @Test
    void theOutcomesOfAMergedUpdateThatCannotBeSentFailAtOnce() {
        groupSync.topics().delete(groupSync.topics().outcomes);
        // No request before all have come, so that they are merged.
        groupSync.with("updates.merge", "true").with("zoom.requests-per-second", "1");
        for (var i = 0; i < 30; i++) {
            groupSync.topics().sendAsync("g1", "{\"groupId\":\"g1\",\"name\":\"" + i + "\"}");
        }
        groupSync.topics().flush();

        groupSync.start();

        await().atMost(PATIENCE).until(() -> groupSync.metrics().value("zoom_group_sync_paused", "cause=kafka") == 1);
        assertThat(groupSync.zoom().requests()).hasSizeLessThan(3);
    }

    private void allIsDone() {
        await().atMost(PATIENCE).until(() -> groupSync.topics().lag() == 0);
    }

    private List<String> keysOfOutcomes(int wanted) {
        return groupSync.topics().records(groupSync.topics().outcomes, count -> count >= wanted, PATIENCE).stream()
                .map(outcome -> new String(outcome.key(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
