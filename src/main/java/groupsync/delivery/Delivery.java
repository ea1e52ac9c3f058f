package groupsync.delivery;

import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.GroupQueues;
import groupsync.queue.PendingUpdate;
import groupsync.queue.UpdateDeferredException;
import groupsync.queue.UpdateRefusedException;
import groupsync.zoom.Consequence;
import groupsync.zoom.DryRun;
import groupsync.zoom.NoReplyException;
import groupsync.zoom.NotSentException;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to an update after each step of its route. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final GroupQueues queues;
    private final CircuitBreaker breaker;
    private final RetryPolicy policy;
    private final RetryDelays delays;
    private final DryRun dryRun;
    private final OutcomeListener listener;
    private final Conclusion conclusion;
    /** The token of the last probe was refused, and the next probe fetches another one. */
    private volatile boolean tokenRefused;

    /**
     * @param timeOfDay the clock for what is published
     */
    public Delivery(
            GroupQueues queues,
            CircuitBreaker breaker,
            RetryPolicy policy,
            RetryDelays delays,
            DryRun dryRun,
            OutcomeListener listener,
            Clock timeOfDay) {
        this.queues = queues;
        this.breaker = breaker;
        this.policy = policy;
        this.delays = delays;
        this.dryRun = dryRun;
        this.listener = listener;
        this.conclusion = new Conclusion(timeOfDay);
    }

    /**
     * Looks at an update before it is sent. In a dry run it has its outcome with that.
     *
     * @throws UpdateRefusedException if it is no valid update, or was refused before and only has to be published
     */
    public void check(PendingUpdate update) throws UpdateRefusedException {
        if (update.isDecided()) {
            throwIfRefused(update);
        } else if (update.event() instanceof GroupUpdateEvent.Ignored) {
            conclusion.unsent(update, Status.IGNORED);
        } else if (update.event() instanceof GroupUpdateEvent.Invalid invalid) {
            conclusion.invalid(update, invalid);
            throwIfRefused(update);
        } else if (dryRun == DryRun.TRUE) {
            conclusion.unsent(update, Status.DRY_RUN);
        }
    }

    /**
     * Continues only if Zoom has applied the update, or if it is compared.
     *
     * @throws UpdateRefusedException if it can never be applied
     * @throws UpdateDeferredException if it is to be sent again
     */
    public void judge(PendingUpdate update, ZoomReply reply) throws UpdateRefusedException, UpdateDeferredException {
        DeliveryLog.reply(update, reply);
        var step = policy.next(update, reply);
        if (dryRun == DryRun.COMPARE && (step instanceof NextStep.Conclude || step instanceof NextStep.Separate)) {
            conclusion.compared(update, reply);
        } else if (step instanceof NextStep.Conclude concluded) {
            conclusion.sent(update, concluded, reply);
            throwIfRefused(update);
        } else if (step instanceof NextStep.Separate) {
            update.separate();
            throw new UpdateDeferredException(update);
        } else if (step instanceof NextStep.Retry retry) {
            if (reply.verdict().consequence() != Consequence.NEW_TOKEN) {
                breaker.failed(reply);
            }
            throw new UpdateDeferredException(update, retry.delay());
        } else if (step instanceof NextStep.WaitForGroup wait) {
            breaker.closeIfHalfOpen();
            DeliveryLog.groupWaits(update, wait.delay(), reply);
            throw new UpdateDeferredException(update, wait.delay());
        } else if (step instanceof NextStep.SlowDown) {
            throw new UpdateDeferredException(update);
        } else if (step instanceof NextStep.BackOff backOff) {
            breaker.backOff(backOff.delay(), reply);
            throw new UpdateDeferredException(update);
        } else if (step instanceof NextStep.Pause pause) {
            breaker.pause(pause.delay(), reply.toNewToken());
            throw new UpdateDeferredException(update);
        }
    }

    private static void throwIfRefused(PendingUpdate update) throws UpdateRefusedException {
        var outcome = update.outcome();
        if (outcome != null && outcome.isRefused()) {
            throw new UpdateRefusedException(update);
        }
    }

    /**
     * The dead letter of an update is published.
     *
     * @param positions the position of the letter in Kafka
     */
    public void letterPublished(
            @Variable("update") PendingUpdate update,
            @Header(KafkaConstants.KAFKA_RECORD_META) @Nullable List<RecordMetadata> positions) {
        update.deadLetterPublished(positions == null || positions.isEmpty() ? null : positions.get(0));
    }

    /** The outcome of an update is published. */
    public void done(PendingUpdate update) {
        queues.acknowledge(update);
        try {
            breaker.published(hasVerdict(update));
            update.members().forEach(DeliveryLog::published);
            listener.published(update);
        } catch (RuntimeException e) {
            // Otherwise the outcome would be published again and again.
            LOG.warn("an outcome was published and could not be counted source={}", update, e);
        }
    }

    private static boolean hasVerdict(PendingUpdate update) {
        var outcome = update.outcome();
        return update.attempts() > 0 && outcome != null && outcome.reason() != Reason.RETRIES_EXHAUSTED;
    }

    /** An update was not applied, or its outcome was not published, and it is not refused: it stays in its queue. */
    public void putBack(@Variable("update") PendingUpdate update, @ExchangeException Exception failure) {
        if (failure instanceof UpdateDeferredException deferred) {
            queues.putBack(update, deferred.delay());
            return;
        }
        if (failure instanceof NoReplyException noToken) {
            breaker.pause(delays.pause(noToken.reply()), noToken.reply());
        } else if (update.isDecided()) {
            breaker.pause("kafka", failure, "check Kafka, its topics and the right to write to them");
        } else if (!(failure instanceof NotSentException)) {
            breaker.pause("service", failure, "report it, with the log: this should not happen");
        }
        queues.putBack(update, Duration.ZERO);
    }

    /** A probe has its reply. */
    public void probed(@Body ZoomReply received) {
        tokenRefused = received.verdict().consequence() == Consequence.NEW_TOKEN && !tokenRefused;
        if (tokenRefused) {
            breaker.probeAgain();
            return;
        }
        var reply = received.toNewToken();
        switch (reply.verdict()) {
            // "No such group" is an answer. A missing scope is one too: a GET needs another scope than a PATCH.
            case FOUND, GROUP_NOT_FOUND, NAME_TAKEN, MISSING_NAME, REJECTED, SCOPE_MISSING -> {
                policy.probeAnswered(queues.queues());
                breaker.probeSucceeded();
            }
            case REFUSAL_UNKNOWN, GROUP_LIMIT_SPENT -> breaker.probeSucceeded();
            default -> breaker.pause(delays.pause(reply), reply);
        }
    }
}
