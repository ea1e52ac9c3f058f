package groupsync.names;

import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.RetryDelays;
import groupsync.event.EventLog;
import groupsync.queue.GroupQueues;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when Zoom is asked for the list of its groups, and what happens without a list. For one thread. */
public final class GroupLister {

    private static final Logger LOG = LoggerFactory.getLogger(GroupLister.class);
    /** The call has Zoom's label Medium: a Free plan has two such requests a second. Unknown names come in any number. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    /** Between two pages. A Pro plan has 20 such requests a second, for all instances and all apps. */
    private static final Duration PAGE_INTERVAL = Duration.ofMillis(200);

    private final GroupQueues queues;
    private final CircuitBreaker breaker;
    private final RetryDelays delays;
    private final int attempts;
    private final Clock steady;
    private Instant next = Instant.MIN;
    private int failures;

    /**
     * @param attempts how many fail in a row before everything pauses
     * @param steady a clock that is never set
     */
    public GroupLister(GroupQueues queues, CircuitBreaker breaker, RetryDelays delays, int attempts, Clock steady) {
        this.queues = queues;
        this.breaker = breaker;
        this.delays = delays;
        this.attempts = attempts;
        this.steady = steady;
    }

    /** Whether Zoom is to be asked now. */
    public boolean isDue() {
        var now = steady.instant();
        var due = !now.isBefore(next) && breaker.mayList(queues.needsNames());
        if (due) {
            next = now.plus(SHORTEST_INTERVAL);
        }
        return due;
    }

    /** The request for the list has its reply. */
    public void listed(@Body ZoomReply reply) {
        EventLog.about(LOG.atDebug(), reply.trackingId()).log("groups listed reply=[{}]", reply);
        if (reply.verdict() == Verdict.FOUND) {
            failures = 0;
            queues.addResolved();
            breaker.listed();
            return;
        }
        if (reply.verdict() == Verdict.PAGE_LISTED) {
            next = steady.instant().plus(PAGE_INTERVAL);
            breaker.pageListed();
            return;
        }
        failures++;
        switch (reply.verdict().consequence()) {
            // The next request has another token.
            case NEW_TOKEN -> retryOrPause(failures == 1, Duration.ZERO, reply);
            case TRY_AGAIN -> retryOrPause(failures < attempts, delays.afterAttempts(failures, reply), reply);
            default -> retryOrPause(false, Duration.ZERO, reply);
        }
    }

    private void retryOrPause(boolean retry, Duration delay, ZoomReply reply) {
        if (!retry) {
            var missing = reply.toNewToken().verdict() == Verdict.SCOPE_MISSING;
            breaker.pauseUntilListed(
                    delays.pause(reply), missing ? reply.with(Verdict.LIST_SCOPE_MISSING, reply.message()) : reply);
            return;
        }
        var time = steady.instant().plus(delay);
        next = time.isAfter(next) ? time : next;
    }
}
