package groupsync;

import groupsync.event.Outcome;
import groupsync.event.UpdateInHand;
import groupsync.kafka.EventsInHand;
import groupsync.zoom.NextStep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided about an update, and tells when everything pauses and when it goes on. */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final EventsInHand inHand;
    private final Duration pause;
    private final Clock clock;
    private @Nullable Instant pausedUntil;

    /** @param pause how long nothing is sent when an outcome cannot be published */
    Dispatcher(EventsInHand inHand, Duration pause, Clock clock) {
        this.inHand = inHand;
        this.pause = pause;
        this.clock = clock;
    }

    /** Takes the next step with an update. */
    public void take(UpdateInHand update, NextStep step) {
        if (step instanceof NextStep.Decided decided) {
            update.decided(decided.outcome());
            tell(update, decided.outcome());
        } else if (step instanceof NextStep.TryAgain again) {
            inHand.tryAgain(update, again.time());
        } else if (step instanceof NextStep.Pause wait) {
            pause(wait.until(), wait.cause(), wait.remedy());
            inHand.tryAgain(update, wait.until());
        }
    }

    /** An update could not be worked on, or its outcome could not be published: it stays in hand. */
    public void failed(UpdateInHand update, Exception failure) {
        var until = clock.instant().plus(pause);
        pause(
                until,
                "an outcome could not be published: " + failure,
                "check Kafka, its topics and the rights to write");
        inHand.tryAgain(update, until);
    }

    /** The lines to go on with: those whose wait is over, and all of them when a pause is over. */
    public synchronized List<String> due() {
        if (pausedUntil != null && !clock.instant().isBefore(pausedUntil)) {
            pausedUntil = null;
            LOG.info("goes on after the pause");
        }
        return inHand.due();
    }

    private synchronized void pause(Instant until, String cause, String remedy) {
        if (pausedUntil == null) {
            LOG.warn("paused until={} cause=[{}] remedy=[{}]", until, cause, remedy);
        }
        if (pausedUntil == null || until.isAfter(pausedUntil)) {
            pausedUntil = until;
            inHand.holdAll(until);
        }
    }

    private static void tell(UpdateInHand update, Outcome outcome) {
        if (outcome.isRefused()) {
            LOG.warn(
                    "dead letter eventId={} groupId={} source={} reason={} message=[{}]",
                    outcome.eventId(),
                    outcome.groupId(),
                    update,
                    outcome.reason(),
                    outcome.message());
        } else {
            LOG.debug(
                    "eventId={} groupId={} source={} status={}",
                    outcome.eventId(),
                    outcome.groupId(),
                    update,
                    outcome.status());
        }
    }
}
