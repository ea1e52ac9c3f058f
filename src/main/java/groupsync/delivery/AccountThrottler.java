package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.queue.SlotLoans;
import groupsync.queue.UpdateDeferredException;
import groupsync.zoom.RequestInFlight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The Throttler (EIP) of the account: requests pass one by one and evenly, so that Zoom sees no more of them in any second
 * than this instance's {@link RateShare} of the account's limit.
 *
 * <p>Camel's Throttler lets the requests of a whole second pass at once after a rest, and a stop or a pause cannot end its
 * waits.
 */
public final class AccountThrottler {

    /** How often the next request checks whether it may still be sent. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How often the requests behind it do. Each check of many threads costs more than the work for a request. */
    private static final long LATER_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A thread may wake up this much late and still use its slot. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int requestsPerSecond;
    private final SendCheck check;
    private final Clock timeOfDay;
    private final Pace pace;
    private final LongConsumer pause;
    private final RequestsInFlight inFlight;
    /** Fair: first come, first served. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private RateShare share;
    private Set<Integer> owned = Set.of();
    private int partitions;
    private Map<Integer, SlotLoans> loans = Map.of();
    private final RecentParts recent = new RecentParts();
    /** In nanoseconds since the epoch, as in {@link RateShare}. */
    private long next;

    private long current;

    /**
     * Creates a throttler of an instance that owns no partition yet, so no request passes, unless there is no limit.
     *
     * @param requestsPerSecond of the whole account; 0 for no limit
     * @param pace the part of the limit to use
     * @param longestHoldUp of a request that is written and has not reached Zoom
     * @param timeOfDay the time of day, on which the instances agree
     */
    public AccountThrottler(
            int requestsPerSecond, Pace pace, Duration longestHoldUp, SendCheck check, Clock timeOfDay) {
        this(requestsPerSecond, pace, longestHoldUp, check, timeOfDay, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * A throttler with its time as a parameter.
     *
     * @param nanos counts nanoseconds and never goes back
     * @param pause waits for so many nanoseconds, or less
     */
    AccountThrottler(
            int requestsPerSecond,
            Pace pace,
            Duration longestHoldUp,
            SendCheck check,
            Clock timeOfDay,
            LongSupplier nanos,
            LongConsumer pause) {
        this.requestsPerSecond = requestsPerSecond;
        this.pace = pace;
        this.check = check;
        this.timeOfDay = timeOfDay;
        this.pause = pause;
        this.inFlight = new RequestsInFlight(longestHoldUp, nanos);
        this.share = new RateShare(Math.max(requestsPerSecond, 1), Set.of(), 1, loans);
    }

    /**
     * Sets the partitions of this instance, and with them its share of the limit.
     *
     * @param ofAll the number of partitions of the topic
     * @param known the loans of the slots of any partitions
     */
    public synchronized void owns(Set<Integer> ownedNow, int ofAll, Map<Integer, SlotLoans> known) {
        var moved = !ownedNow.equals(owned) || ofAll != partitions;
        if (!moved && known.equals(loans)) {
            return;
        }
        owned = Set.copyOf(ownedNow);
        partitions = ofAll;
        loans = Map.copyOf(known);
        share = new RateShare(Math.max(requestsPerSecond, 1), owned, ofAll, loans);
        // The last owner may have sent a request a moment ago.
        next = moved ? now() + share.intervalNanos : next;
    }

    /** Requests per second of the whole account; infinite if there is no limit. */
    public double accountLimit() {
        return requestsPerSecond == 0 ? Double.POSITIVE_INFINITY : requestsPerSecond;
    }

    /** Requests per second of this instance; infinite if there is no limit. */
    public synchronized double ownedLimit() {
        return requestsPerSecond == 0 ? Double.POSITIVE_INFINITY : share.requestsPerSecond();
    }

    /** The part of {@link #ownedLimit()} that is lent to others now. */
    public synchronized double lentLimit() {
        return requestsPerSecond == 0 ? 0 : share.lentPerSecond(now());
    }

    /** Requests per second that are lent to this instance now, beyond {@link #ownedLimit()}. */
    public synchronized double borrowedLimit() {
        return requestsPerSecond == 0 ? 0 : share.borrowedPerSecond(now());
    }

    /** The part of {@link #ownedLimit()} that is used; below 1 after 429s. */
    public double pace() {
        return pace.part();
    }

    /**
     * Waits for the slot of this request.
     *
     * @throws UpdateDeferredException if meanwhile the request must not be sent any more
     */
    public void await(PendingUpdate update) throws UpdateDeferredException, InterruptedException {
        check(update);
        if (requestsPerSecond == 0) {
            return;
        }
        while (!turn.tryLock(LATER_CHECK_NANOS, TimeUnit.NANOSECONDS)) {
            check(update);
        }
        try {
            check(update);
            for (var wait = nanosUntilPassed(); wait > 0; wait = nanosUntilPassed()) {
                check(update);
                pause.accept(Math.min(wait, CHECK_NANOS));
            }
            check(update);
        } finally {
            turn.unlock();
        }
    }

    private void check(PendingUpdate update) throws UpdateDeferredException {
        update.waits();
        check.requireSendable(update);
    }

    /** How long a request has to wait; if it need not, it has passed. */
    private synchronized long nanosUntilPassed() {
        var wait = nanosUntilNext();
        if (wait <= 0) {
            next = current + share.intervalNanos;
            pace.passes(current, share.ownIntervalNanos(share.parts(current)));
            inFlight.passed();
        }
        return wait;
    }

    private long nanosUntilNext() {
        if (share.isNone()) {
            return CHECK_NANOS;
        }
        var now = now();
        // Never further away, unless the system's clock was set.
        next = Math.min(next, now + share.intervalNanos);
        var parts = share.parts(now);
        var paced = pace.earliest(now, share.ownIntervalNanos(parts));
        var most = recent.most(parts, now, share.windowNanos(parts));
        var room = now + inFlight.untilRoom(share.windowNanos(most), share.perWindow(most));
        current = share.next(Math.max(Math.max(Math.max(next, now - LATE_NANOS), room), paced));
        return current - now;
    }

    /** A request that has passed is written to Zoom now. */
    public RequestInFlight sent() {
        return inFlight.sent();
    }

    private long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, timeOfDay.instant());
    }
}
