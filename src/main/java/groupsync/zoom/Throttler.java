package groupsync.zoom;

import groupsync.event.UpdateInHand;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests through one by one and evenly, so that Zoom sees no more of them in any second than this instance's
 * {@link LimitShare} of what it allows.
 *
 * <p>Camel's Throttler lets a second's worth through at once after a rest, and nobody who waits in it can be called
 * back: at one request a second, a stop would have to wait for all of them.
 */
public final class Throttler {

    /** Asks whether the request should still be sent, and throws if not. */
    @FunctionalInterface
    public interface Check {
        void mayBeSent(UpdateInHand update) throws Exception;
    }

    /** How long somebody may wait in vain. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Whoever is no later than this is in time, so that the time by which a thread wakes up late is not lost. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int requestsPerSecond;
    private final Check check;
    private final Clock clock;
    /** Fair: in the order in which they came. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private LimitShare share;
    private Set<Integer> owned = Set.of();
    private int partitions;
    /** In nanoseconds since the epoch, as in {@link LimitShare}. */
    private long next;

    private long current;
    /** Those that were let through in the last second. */
    private final Deque<Passage> passed = new ArrayDeque<>();

    private final Deque<Passage> notYetSent = new ArrayDeque<>();

    /** Lets nothing through before it is told what this instance owns, unless there is no limit.
     *
     * @param requestsPerSecond of the whole account; 0 for no limit
     */
    public Throttler(int requestsPerSecond, Check check, Clock clock) {
        this.requestsPerSecond = requestsPerSecond;
        this.check = check;
        this.clock = clock;
        this.share = share(Set.of(), 1);
    }

    private LimitShare share(Set<Integer> partitions, int ofAll) {
        return new LimitShare(Math.max(requestsPerSecond, 1), partitions, ofAll);
    }

    /**
     * From now on these partitions are this instance's, and their part of the limit.
     *
     * @param ofAll how many partitions the topic has
     */
    public synchronized void owns(Set<Integer> partitions, int ofAll) {
        if (partitions.equals(owned) && ofAll == this.partitions) {
            return;
        }
        owned = Set.copyOf(partitions);
        this.partitions = ofAll;
        share = share(owned, ofAll);
        // The one who gave them up may have sent a moment ago.
        next = now() + share.intervalNanos;
    }

    /** Waits until it is this request's turn, and asks until then whether it should still be sent. */
    public void await(UpdateInHand update) throws Exception {
        check.mayBeSent(update);
        if (requestsPerSecond == 0) {
            return;
        }
        while (!turn.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
            check.mayBeSent(update);
        }
        try {
            while (!passes()) {
                check.mayBeSent(update);
                LockSupport.parkNanos(Math.min(left(), LOOK_NANOS));
            }
            check.mayBeSent(update);
        } finally {
            turn.unlock();
        }
    }

    private synchronized boolean passes() {
        if (left() > 0) {
            return false;
        }
        next = current + share.intervalNanos;
        var passage = new Passage();
        passed.add(passage);
        notYetSent.add(passage);
        return true;
    }

    /** How long until the next may pass. */
    private synchronized long left() {
        if (share.isNone()) {
            return LOOK_NANOS;
        }
        var now = now();
        // Never further away, unless somebody has set the clock.
        next = Math.min(next, now + share.intervalNanos);
        current = share.next(Math.max(Math.max(next, now - LATE_NANOS), now + untilWindowHasRoom()));
        return current - now;
    }

    /** What was held up on its way, as by a new connection, may not come to Zoom together with those behind it. */
    private long untilWindowHasRoom() {
        var window = share.windowNanos();
        var now = System.nanoTime();
        while (!passed.isEmpty() && now - passed.element().time >= window) {
            notYetSent.remove(passed.remove());
        }
        return passed.size() < share.perWindow() ? Long.MIN_VALUE / 2 : passed.element().time + window - now;
    }

    /** A request that was let through is on its way to Zoom now: its connection stands. */
    synchronized void sent() {
        var passage = notYetSent.poll();
        if (passage != null) {
            passage.time = System.nanoTime();
        }
    }

    private long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    private static final class Passage {
        /** Until it is known when it was sent: when it was let through. */
        long time = System.nanoTime();
    }
}
