package groupsync.names;

import groupsync.delivery.CircuitBreaker;
import groupsync.delivery.RetryPolicy;
import groupsync.event.EventLog;
import groupsync.queue.GroupQueues;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When Zoom is asked for the names of its groups, and what is done if it does not tell them. For one thread. */
public final class GroupLister {

    private static final Logger LOG = LoggerFactory.getLogger(GroupLister.class);
    /** Of label Medium, a Free plan has two requests a second, and names that nobody has may come in any number. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    private final GroupQueues inHand;
    private final CircuitBreaker gate;
    private final RetryPolicy policy;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private int failures;

    public GroupLister(GroupQueues inHand, CircuitBreaker gate, RetryPolicy policy, Clock clock) {
        this.inHand = inHand;
        this.gate = gate;
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether Zoom is to be asked now. */
    public boolean isDue() {
        var now = clock.instant();
        var due = !now.isBefore(next) && gate.mayList(inHand.needsNames());
        if (due) {
            next = now.plus(SHORTEST_INTERVAL);
        }
        return due;
    }

    /** Zoom has answered, or has not. */
    public void listed(ZoomReply reply) {
        EventLog.about(LOG.atDebug(), reply.trackingId()).log("groups listed reply=[{}]", reply);
        if (reply.verdict() == Verdict.FOUND) {
            failures = 0;
            gate.listed();
            return;
        }
        failures++;
        policy.listAgain(failures, reply)
                .ifPresentOrElse(this::waits, () -> gate.pauseUntilListed(policy.pause(reply), reply));
    }

    private void waits(Duration wait) {
        var time = clock.instant().plus(wait);
        next = time.isAfter(next) ? time : next;
    }
}
