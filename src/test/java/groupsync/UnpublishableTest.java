package groupsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** A record that a topic refuses is published in another form, and no update waits behind it. */
class UnpublishableTest extends ShippedRoutes {

    private static final byte[] NO_JSON = "no JSON".getBytes(UTF_8);

    @Test
    void aKeyAsLargeAsARecordCanBeIsReplaced() {
        groupSync.start();

        var source = topics.send("k".repeat(1_048_300), NO_JSON);
        groupSync.receives("g1");

        groupSync.isDone();
        var letter = topics.deadLetter();
        assertThat(letter.key()).asString().isEqualTo(source.toString());
        assertThat(Topics.header(letter, "dead-letter-key-replaced")).isEqualTo("1048300");
        assertThat(keysOfOutcomes(2)).containsExactlyInAnyOrder(source.toString(), "g1");
        assertThat(groupSync.metric("pauses_total")).isZero();
    }

    @Test
    void aDeadLetterThatIsTooLargeIsPublishedWithoutItsValueItsKeyOrItsHeaders() {
        topics.configure(topics.deadLetters, "max.message.bytes", "5000");
        groupSync.start();

        var value = topics.send("g1", "x".repeat(20_000).getBytes(UTF_8));
        var key = topics.send("k".repeat(10_000), NO_JSON, header("h", "y".repeat(10_000)));

        groupSync.isDone();
        assertThat(topics.deadLetters(2))
                .hasSize(2)
                .allSatisfy(letter ->
                        assertThat(Topics.header(letter, "dead-letter-reason")).isEqualTo("malformed-json"))
                .anySatisfy(letter -> {
                    assertThat(letter.value()).isNull();
                    assertThat(Topics.header(letter, "dead-letter-value-omitted"))
                            .isEqualTo("20000");
                    assertThat(Topics.header(letter, "dead-letter-source-offset"))
                            .isEqualTo(String.valueOf(value.offset()));
                })
                .anySatisfy(letter -> {
                    assertThat(letter.key()).asString().isEqualTo(key.toString());
                    assertThat(Topics.header(letter, "dead-letter-key-replaced"))
                            .isEqualTo("10000");
                    assertThat(letter.headers().lastHeader("h")).isNull();
                    assertThat(Topics.header(letter, "dead-letter-headers-omitted"))
                            .isEqualTo("1");
                });
    }

    @Test
    void onCompactedTopicsAnEventWithoutAKeyGetsOne() {
        topics.configure(topics.outcomes, "cleanup.policy", "compact");
        topics.configure(topics.deadLetters, "cleanup.policy", "compact");
        groupSync.start();

        var first = topics.send(null, NO_JSON);
        assertThat(topics.outcomes(1)).hasSize(1);
        var second = topics.send(null, NO_JSON);
        groupSync.receives("g1");

        groupSync.isDone();
        assertThat(topics.deadLetters(2)).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.value()).isEqualTo(NO_JSON);
            assertThat(Topics.header(letter, "dead-letter-key-replaced")).isEqualTo("none");
        });
        assertThat(topics.deadLetters(2))
                .extracting(letter -> new String(letter.key(), UTF_8))
                .containsExactlyInAnyOrder(first.toString(), second.toString());
        assertThat(keysOfOutcomes(3)).containsExactlyInAnyOrder(first.toString(), second.toString(), "g1");
        assertThat(groupSync.metric("pauses_total")).isZero();
    }

    /** Each record waits for the topic's metadata: these 30 would take five minutes. */
    @Test
    void theOutcomesOfAMergedUpdateThatCannotBeSentFailAtOnce() {
        topics.delete(topics.outcomes);
        // No request before all have come, so that they are merged.
        groupSync.with("updates.merge", "true").with("zoom.requests-per-second", "1");
        groupSync.sends(30, 1);

        groupSync.start();

        await().until(() -> groupSync.metric("paused", "cause=kafka") == 1);
        assertThat(zoom.requests()).hasSizeLessThan(3);
    }

    private List<String> keysOfOutcomes(int wanted) {
        return topics.records(topics.outcomes, count -> count >= wanted, Patience.LONGEST).stream()
                .map(outcome -> new String(outcome.key(), UTF_8))
                .toList();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
