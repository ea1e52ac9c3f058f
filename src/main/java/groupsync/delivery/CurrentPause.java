package groupsync.delivery;

import groupsync.event.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The present pause, if there is one, and its log lines. Not thread-safe: {@link CircuitBreaker} is. */
final class CurrentPause {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final Clock clock;
    private final Clock timeOfDay;
    private @Nullable Pause pause;
    private Instant begun = Instant.MIN;

    CurrentPause(Clock clock, Clock timeOfDay) {
        this.clock = clock;
        this.timeOfDay = timeOfDay;
    }

    boolean isOn() {
        return pause != null;
    }

    boolean isOf(String part) {
        return pause != null && pause.part().equals(part);
    }

    /** Begins a pause, or gives the present one another cause. */
    void begin(String part, String cause, String remedy, @Nullable String trackingId, Duration untilProbe) {
        var before = pause;
        var now = timeOfDay.instant();
        begun = before == null ? clock.instant() : begun;
        pause = new Pause(part, cause, remedy, before == null ? now : before.since(), now.plus(untilProbe));
        if (before == null || !before.remedy().equals(remedy)) {
            EventLog.about(LOG.atWarn(), trackingId)
                    .log("paused part={} nextProbe={} cause=[{}] remedy=[{}]", part, pause.nextProbe(), cause, remedy);
        }
    }

    void end() {
        if (pause != null) {
            LOG.info("goes on after a pause of {}", Duration.between(begun, clock.instant()));
            pause = null;
        }
    }

    Optional<Pause> withNextProbe(Duration untilProbe) {
        return Optional.ofNullable(pause)
                .map(now -> new Pause(
                        now.part(),
                        now.cause(),
                        now.remedy(),
                        now.since(),
                        timeOfDay.instant().plus(untilProbe)));
    }
}
