package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.event.Outcome;
import groupsync.observe.EventMetrics;
import groupsync.queue.GroupQueues;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided about an update. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final String NO_GROUP = "zoom-group-sync-probe";

    private final GroupQueues inHand;
    private final CircuitBreaker gate;
    private final RetryPolicy policy;
    private final EventMetrics metrics;
    private final Clock clock;
    private final AtomicLong asked = new AtomicLong();
    /** The last probe's token was refused, and the next one has a new one. */
    private volatile boolean tokenRefused;

    /** @param clock of the events in hand */
    public Delivery(GroupQueues inHand, CircuitBreaker gate, RetryPolicy policy, EventMetrics metrics, Clock clock) {
        this.inHand = inHand;
        this.gate = gate;
        this.policy = policy;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Takes the next step with an update.
     *
     * @return the update, if it is now decided what became of it
     */
    public @Nullable PendingUpdate take(@Variable("update") PendingUpdate update, @Body NextStep step) {
        if (step instanceof NextStep.Decided decided) {
            update.conclude(decided.outcomes());
            update.members().forEach(Delivery::tellIfRefused);
            // Only then is it still this exchange's: else another may have taken it up by now.
            return update;
        } else if (step instanceof NextStep.Publish) {
            return update;
        } else if (step instanceof NextStep.Separate) {
            update.separate();
            inHand.tryAgain(update, Instant.MIN);
        } else if (step instanceof NextStep.TryAgain again) {
            if (again.reply().verdict() != Verdict.TOKEN_REFUSED) {
                gate.failed(again.reply());
            }
            tryAgainAfter(update, again.delay());
        } else if (step instanceof NextStep.GroupWaits wait) {
            gate.answered();
            tellThatGroupWaits(update, wait);
            tryAgainAfter(update, wait.delay());
        } else if (step instanceof NextStep.HoldBack hold) {
            gate.holdBack(hold.delay(), hold.reply());
            inHand.tryAgain(update, Instant.MIN);
        } else if (step instanceof NextStep.Pause pause) {
            gate.pause(pause.delay(), pause.reply());
            inHand.tryAgain(update, Instant.MIN);
        }
        return null;
    }

    /** The outcome of an update is published: gives the line of its group, if more of it wait. */
    public @Nullable String published(@Variable("update") PendingUpdate update) {
        var next = inHand.done(update);
        try {
            gate.published(isAnswered(update));
            update.members().forEach(Delivery::tellPublished);
            metrics.published(update);
        } catch (RuntimeException e) {
            // Otherwise it would seem unpublished, and be published again and again.
            LOG.warn("an outcome was published and could not be counted source={}", update, e);
        }
        return next;
    }

    private void tryAgainAfter(PendingUpdate update, Duration wait) {
        inHand.tryAgain(update, clock.instant().plus(wait));
    }

    private static boolean isAnswered(PendingUpdate update) {
        var outcome = update.outcome();
        return update.attempts() > 0 && outcome != null && outcome.status() != Outcome.Status.FAILED;
    }

    /** An update was taken up in vain: it stays in hand, if it is still ours. */
    public void notNow(@Variable("update") PendingUpdate update) {
        inHand.tryAgain(update, Instant.MIN);
    }

    /** An update could not be worked on, or its outcome could not be published: it stays in hand. */
    public void failed(@Variable("update") PendingUpdate update, @ExchangeException Exception failure) {
        if (update.isDecided()) {
            gate.pause("kafka", failure, "check Kafka, its topics and the right to write to them");
        } else {
            gate.pause("service", failure, "report it, with the log: this should not happen");
        }
        inHand.tryAgain(update, Instant.MIN);
    }

    /** The group to probe Zoom with, if a probe is due: none that an event speaks of, whose fault it might be. */
    public @Nullable String groupToProbe() {
        return gate.isProbeDue(!inHand.isEmpty()) ? NO_GROUP : null;
    }

    /** Zoom answered a probe, or did not. */
    public void probed(ZoomReply reply) {
        tokenRefused = reply.verdict() == Verdict.TOKEN_REFUSED && !tokenRefused;
        if (tokenRefused) {
            gate.probeAgain();
            return;
        }
        switch (reply.verdict()) {
            // That there is no such group is an answer: Zoom is there. So is a missing scope: a GET needs another one.
            case FOUND, GROUP_NOT_FOUND, NAME_TAKEN, MISSING_NAME, REJECTED, SCOPE_MISSING -> {
                policy.probeAnswered(inHand.lines());
                gate.probeAnswered();
            }
            case REFUSAL_UNKNOWN, GROUP_LIMIT_SPENT -> gate.probeAnswered();
            default -> gate.pause(policy.pause(reply), reply);
        }
    }

    /** How often it was asked for what is due: many times a second, but for a probe. */
    public long asked() {
        return asked.get();
    }

    /** The lines whose wait is over. */
    public List<String> due() {
        asked.incrementAndGet();
        var due = inHand.due();
        if (inHand.isEmpty()) {
            gate.nothingToTry();
        }
        return due;
    }

    private static void tellThatGroupWaits(PendingUpdate update, NextStep.GroupWaits wait) {
        EventLog.about(LOG.atWarn(), update.event(), wait.reply().trackingId())
                .log(
                        "group waits groupId={} eventId={} wait={} cause=[{}]",
                        EventLog.shown(update.event().groupId().orElse("")),
                        EventLog.shown(update.event().eventId()),
                        wait.delay(),
                        wait.reply());
    }

    private static void tellIfRefused(PendingUpdate update) {
        var outcome = update.outcome();
        if (outcome != null && outcome.isRefused()) {
            EventLog.about(LOG.atWarn(), update.event(), outcome.trackingId())
                    .log(
                            "dead letter eventId={} groupId={} source={} reason={} message=[{}]",
                            EventLog.shown(outcome.eventId()),
                            EventLog.shown(update.event().groupId().orElse("")),
                            outcome.source(),
                            outcome.reason(),
                            outcome.message());
        }
    }

    private static void tellPublished(PendingUpdate update) {
        var outcome = update.outcome();
        if (outcome != null && LOG.isDebugEnabled()) {
            EventLog.about(LOG.atDebug(), update.event(), outcome.trackingId())
                    .log(
                            "outcome published eventId={} groupId={} source={} status={} mergedInto={}",
                            EventLog.shown(outcome.eventId()),
                            EventLog.shown(update.event().groupId().orElse("")),
                            outcome.source(),
                            outcome.status(),
                            EventLog.shown(String.valueOf(outcome.mergedInto())));
        }
    }
}
