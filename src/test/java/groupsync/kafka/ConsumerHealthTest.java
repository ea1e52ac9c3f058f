package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ConsumerHealthTest {

    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final ConsumerHealth health = new ConsumerHealth(timeOfDay, clock);

    @Test
    void repeatedFailuresWithEmptyPollsBetweenThemAreOneFailure() {
        var since = timeOfDay.instant();

        for (var poll = 0; poll < 100; poll++) {
            health.failed(new GroupAuthorizationException("the right is missing"));
            clock.advance(Duration.ofMillis(100));
            health.succeeded(false);
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(health.outage().orElseThrow().since()).isEqualTo(since);
    }

    @Test
    void aFailureEndsInTimeAlsoIfTheTimeOfDayWasSetBack() {
        health.failed(new TopicAuthorizationException("the right is missing"));
        timeOfDay.advance(Duration.ofHours(-1));
        clock.advance(Duration.ofSeconds(5));

        health.succeeded(false);

        assertThat(health.outage()).isEmpty();
    }

    @Test
    void aFailureEndsAtTheFirstRecords() {
        health.failed(new TopicAuthorizationException("the right is missing"));

        health.succeeded(true);

        assertThat(health.outage()).isEmpty();
    }

    @Test
    void aFailureEndsAfterFiveSecondsWithoutAnother() {
        health.failed(new TopicAuthorizationException("the right is missing"));
        clock.advance(Duration.ofSeconds(4));
        health.succeeded(false);
        var soon = health.outage();
        clock.advance(Duration.ofSeconds(1));
        health.succeeded(false);

        assertThat(soon).isPresent();
        assertThat(health.outage()).isEmpty();
    }
}
