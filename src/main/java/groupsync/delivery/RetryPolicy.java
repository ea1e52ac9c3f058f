package groupsync.delivery;

import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Consequence;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Decides what happens next with an update: from the verdict, its earlier attempts, and the verdicts on other updates. */
public final class RetryPolicy {

    /** Zoom's day ends at midnight UTC, but Zoom does not document that for the daily limit of one group. */
    private static final Duration GROUP_WAIT = Duration.ofHours(1);

    private final RetryDelays delays;
    private final Pace pace;
    private final FaultRule faults;

    /**
     * @param pace of the requests, which the replies change
     * @param attempts how many must fail for an update to fail, if Zoom gives verdicts on others between them
     * @param probeInterval between two probes in a pause
     * @param steady a clock that is never set
     */
    public RetryPolicy(RetryDelays delays, Pace pace, int attempts, Duration probeInterval, Clock steady) {
        this.delays = delays;
        this.pace = pace;
        this.faults = new FaultRule(attempts, probeInterval, steady);
    }

    /** The next step with an update that has got this reply. */
    NextStep next(PendingUpdate update, ZoomReply reply) {
        var verdict = reply.verdict();
        var newTokenTried = update.newTokenTried();
        update.newTokenTried(verdict.consequence() == Consequence.NEW_TOKEN);
        return switch (verdict.consequence()) {
            case DONE -> {
                pace.taken();
                faults.verdictGiven(update);
                yield new NextStep.Conclude(Status.APPLIED, null);
            }
            case EVENT_REFUSED -> {
                pace.taken();
                faults.verdictGiven(update);
                yield update.isMerged()
                        ? new NextStep.Separate()
                        : new NextStep.Conclude(
                                Status.REJECTED, verdict.reason().orElseThrow());
            }
            case NEW_TOKEN -> newTokenTried ? new NextStep.Pause(null) : new NextStep.Retry(Duration.ZERO);
            case TRY_AGAIN -> retry(update, reply);
            case GROUP_WAITS -> new NextStep.WaitForGroup(GROUP_WAIT);
            case PAUSE -> new NextStep.Pause(delays.pause(reply));
        };
    }

    private NextStep retry(PendingUpdate update, ZoomReply reply) {
        if (reply.verdict() == Verdict.TOO_MANY_REQUESTS) {
            // The limit is the account's, and is never an event's fault.
            var slower = pace.refused(reply) && reply.retryAfter() == null;
            return slower ? new NextStep.SlowDown() : new NextStep.BackOff(reply.retryAfter());
        }
        faults.failed(update);
        if (faults.isAtFault(update)) {
            return update.isMerged() ? new NextStep.Separate() : givenUp(reply);
        }
        return faults.othersMayGoOn(update)
                ? new NextStep.Retry(delays.afterAttempts(update.attempts(), reply))
                : new NextStep.Pause(delays.pause(reply));
    }

    private static NextStep givenUp(ZoomReply reply) {
        return reply.verdict()
                .reason()
                .map(reason -> new NextStep.Conclude(Status.REJECTED, reason))
                .orElseGet(() -> new NextStep.Conclude(Status.FAILED, Reason.RETRIES_EXHAUSTED));
    }

    /**
     * Zoom answered a probe.
     *
     * @param queues that have updates
     */
    void probeAnswered(Set<String> queues) {
        faults.probeAnswered(queues);
    }
}
