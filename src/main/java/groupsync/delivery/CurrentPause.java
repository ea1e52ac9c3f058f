package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The present pause, if there is one, and its log lines. Not thread-safe: {@link CircuitBreaker} is. */
final class CurrentPause {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private final PauseListener listener;
    private final Function<Verdict, String> remedies;
    private final Clock steady;
    private final Clock timeOfDay;
    private @Nullable Pause pause;
    private Instant begun = Instant.MIN;

    CurrentPause(PauseListener listener, Function<Verdict, String> remedies, Clock steady, Clock timeOfDay) {
        this.listener = listener;
        this.remedies = remedies;
        this.steady = steady;
        this.timeOfDay = timeOfDay;
    }

    boolean isOn() {
        return pause != null;
    }

    boolean isOf(String part) {
        return pause != null && pause.part().equals(part);
    }

    /** A reply begins a pause, or gives the present one another cause. */
    void begin(ZoomReply reply, Duration untilProbe) {
        listener.paused(reply.verdict());
        begin("zoom", reply.toString(), remedies.apply(reply.verdict()), reply.trackingId(), untilProbe);
    }

    /** A failure begins a pause, or gives the present one another cause. */
    void begin(String part, Exception failure, String remedy, Duration untilProbe) {
        listener.paused(part);
        begin(part, String.valueOf(failure), remedy, null, untilProbe);
    }

    private void begin(String part, String cause, String remedy, @Nullable String trackingId, Duration untilProbe) {
        var before = pause;
        var now = timeOfDay.instant();
        begun = before == null ? steady.instant() : begun;
        pause = new Pause(part, cause, remedy, before == null ? now : before.since(), now.plus(untilProbe));
        if (before == null || !before.remedy().equals(remedy)) {
            EventLog.about(LOG.atWarn(), trackingId)
                    .log("paused part={} nextProbe={} cause=[{}] remedy=[{}]", part, pause.nextProbe(), cause, remedy);
        }
    }

    void end() {
        if (pause != null) {
            LOG.info("goes on after a pause of {}", Duration.between(begun, steady.instant()));
            pause = null;
            listener.resumed();
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
