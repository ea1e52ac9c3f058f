package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is at fault when requests for an update fail: the update, or Zoom. An update is at fault only if Zoom gives
 * verdicts on other updates at the same time, and on nearly all of them at the first attempt.
 */
final class FaultRule {

    /** A moment's trouble pauses nothing, and an outage is not tried with all groups. */
    private static final int GROUPS_PER_ATTEMPT = 2;
    /** A failure counts against an update only this many probe intervals after its first failure: by then a brown-out shows. */
    private static final int INTERVALS_BEFORE_FAULTS = 6;
    /** The only pending update is at fault after this many answered probes for each attempt. */
    private static final int PROBES_PER_ATTEMPT = 6;

    private final int attempts;
    private final Duration probeInterval;
    private final Clock steady;
    private final RecentVerdicts recent = new RecentVerdicts();
    private volatile Instant lastVerdict = Instant.MIN;
    /** The queues whose update failed first after the last verdict: many of them show that Zoom answers none. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    /** The only queue that has updates, and the number of probes that were answered meanwhile. */
    private @Nullable String lone;

    private int loneProbes;

    /** @param steady a clock that is never set */
    FaultRule(int attempts, Duration probeInterval, Clock steady) {
        this.attempts = attempts;
        this.probeInterval = probeInterval;
        this.steady = steady;
    }

    /** Zoom applied or refused an update. */
    synchronized void verdictGiven(PendingUpdate update) {
        recent.add(update.firstFailure() != null);
        lastVerdict = steady.instant();
        failing.clear();
        lone = null;
    }

    /** An attempt for the update failed; it counts against the update if Zoom is well. */
    void failed(PendingUpdate update) {
        update.failed(steady.instant());
        var first = update.firstFailure();
        if (othersGetVerdicts(update)
                && recent.areAtOnce()
                && first != null
                && !steady.instant().isBefore(first.plus(probeInterval.multipliedBy(INTERVALS_BEFORE_FAULTS)))) {
            update.countFault();
        }
    }

    /** Whether the update has used up its attempts. */
    synchronized boolean isAtFault(PendingUpdate update) {
        if (update.faults() >= attempts) {
            return true;
        }
        var isAlone = update.event().queue().equals(lone) && loneProbes >= PROBES_PER_ATTEMPT * attempts;
        if (isAlone) {
            // The updates behind it start anew.
            lone = null;
        }
        return isAlone;
    }

    /** Whether the other groups need not wait until the update is applied. */
    boolean othersMayGoOn(PendingUpdate update) {
        return othersGetVerdicts(update) || (update.attempts() < attempts && isOneOfFew(update));
    }

    private boolean othersGetVerdicts(PendingUpdate update) {
        return update.isPreviousAttemptBefore(lastVerdict);
    }

    /** A group that failed before Zoom's last verdict is no sign that Zoom answers none. */
    private boolean isOneOfFew(PendingUpdate update) {
        var first = update.firstFailure();
        if (first != null && !first.isBefore(lastVerdict)) {
            failing.add(update.event().queue());
        }
        return failing.size() < GROUPS_PER_ATTEMPT * attempts;
    }

    /**
     * Zoom answered a probe. That is not a verdict on an update, so it counts against an update only after many probes, and
     * only if there is no other update.
     *
     * @param queues that have updates
     */
    synchronized void probeAnswered(Set<String> queues) {
        var only = queues.size() == 1 ? queues.iterator().next() : null;
        loneProbes = only != null && only.equals(lone) ? loneProbes + 1 : 1;
        lone = only;
    }
}
