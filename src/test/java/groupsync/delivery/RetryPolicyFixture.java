package groupsync.delivery;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;

/** The policy of a service with three attempts and a probe each 10 s, and the replies to its updates. */
abstract class RetryPolicyFixture {

    static final int ATTEMPTS = 3;
    static final Duration PROBE_INTERVAL = Duration.ofSeconds(10);

    final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    final RetryDelays delays = new RetryDelays(ATTEMPTS, Duration.ofSeconds(1), Duration.ofSeconds(8), PROBE_INTERVAL);
    final Pace pace = new Pace(true, clock);
    final RetryPolicy policy = new RetryPolicy(delays, pace, ATTEMPTS, PROBE_INTERVAL, clock);

    static ZoomReply saying(Verdict verdict) {
        return new ZoomReply(verdict, 500, null, "so it is", "rid", null);
    }

    static PendingUpdate update(long offset) {
        return Events.update("g").pendingAt(3, offset);
    }

    /** An update for which this number of requests was sent, the last one now. */
    PendingUpdate tried(int attempts) {
        var update = update(17);
        for (var attempt = 0; attempt < attempts; attempt++) {
            update.attempted(clock.instant());
        }
        return update;
    }

    /** One more request for the update is sent, and gets this reply at once. */
    NextStep attempt(PendingUpdate update, Verdict verdict) {
        update.attempted(clock.instant());
        return policy.next(update, saying(verdict));
    }

    /** A second later, another update gets this reply at its first attempt. */
    void anotherGets(Verdict verdict) {
        clock.advance(Duration.ofSeconds(1));
        attempt(update(18), verdict);
    }
}
