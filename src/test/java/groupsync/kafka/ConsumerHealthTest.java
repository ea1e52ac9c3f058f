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
    private final ConsumerHealth reading = new ConsumerHealth(timeOfDay, clock);

    @Test
    void whatFailsAgainAndAgainWithEmptyPollsBetweenIsOneFailure() {
        var since = timeOfDay.instant();

        for (var poll = 0; poll < 100; poll++) {
            reading.failed(new GroupAuthorizationException("the right is missing"));
            clock.goesOn(Duration.ofMillis(100));
            reading.succeeded(false);
            clock.goesOn(Duration.ofMillis(100));
        }

        assertThat(reading.failure().orElseThrow().since()).isEqualTo(since);
    }

    @Test
    void itIsOverInTimeAlsoIfTheTimeOfDayWasSetBack() {
        reading.failed(new TopicAuthorizationException("the right is missing"));
        timeOfDay.goesOn(Duration.ofHours(-1));
        clock.goesOn(Duration.ofSeconds(5));

        reading.succeeded(false);

        assertThat(reading.failure()).isEmpty();
    }

    @Test
    void itIsOverAtOnceWhenRecordsAreRead() {
        reading.failed(new TopicAuthorizationException("the right is missing"));

        reading.succeeded(true);

        assertThat(reading.failure()).isEmpty();
    }

    @Test
    void itIsOverWhenNothingHasFailedForAWhileThoughNothingIsThereToBeRead() {
        reading.failed(new TopicAuthorizationException("the right is missing"));
        clock.goesOn(Duration.ofSeconds(4));
        reading.succeeded(false);
        var soon = reading.failure();
        clock.goesOn(Duration.ofSeconds(1));
        reading.succeeded(false);

        assertThat(soon).isPresent();
        assertThat(reading.failure()).isEmpty();
    }
}
