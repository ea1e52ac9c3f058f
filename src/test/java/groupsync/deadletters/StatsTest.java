package groupsync.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatsTest {

    @RegisterExtension
    final DeadLetterFixture deadLetters = new DeadLetterFixture();

    private void letters() {
        deadLetters.letter("hr-1", "g1").send();
        deadLetters.letter("hr-2", "g1").reason("missing-name").send();
        deadLetters
                .letter("hr-3", "g1")
                .with("failed-at", "2026-11-21T23:59:59Z")
                .send();
    }

    @Test
    void countsByReasonAndByDay() {
        letters();

        var stats = deadLetters.run("stats");

        assertThat(stats.status()).isZero();
        assertThat(stats.lines())
                .containsExactly(
                        "by reason                     3",
                        "name-taken                    2",
                        "missing-name                  1",
                        "",
                        "by day                        3",
                        "2026-11-21                    1",
                        "2026-11-23                    2");
    }

    @Test
    void countsTheLettersThatTheFiltersLetThrough() {
        letters();

        var stats = deadLetters.run("stats --reason name-taken --output json");

        assertThat(stats.lines())
                .containsExactly(
                        "{\"reason\":\"name-taken\",\"letters\":2}",
                        "{\"day\":\"2026-11-21\",\"letters\":1}",
                        "{\"day\":\"2026-11-23\",\"letters\":1}");
    }

    @Test
    void countsNoneInAnEmptyTopic() {
        assertThat(deadLetters.run("stats").lines())
                .containsExactly("by reason                     0", "", "by day                        0");
    }
}
