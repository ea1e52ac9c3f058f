package groupsync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private final TestClock timeOfDay = new TestClock("2026-11-25T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final SteadyClock clock = new SteadyClock(timeOfDay, nanos::get);

    @Test
    void countsThePassedTime() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());

        assertEquals(Instant.parse("2026-11-25T10:01:30Z"), clock.instant());
    }

    @Test
    void doesNotFollowASystemClockThatIsSet() {
        timeOfDay.advance(Duration.ofHours(-1));
        assertEquals(Instant.parse("2026-11-25T10:00:00Z"), clock.instant());

        timeOfDay.advance(Duration.ofHours(2));
        assertEquals(Instant.parse("2026-11-25T10:00:00Z"), clock.instant());
    }
}
