package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets requests through one by one and evenly, so that Zoom sees no more of them in any second than this instance's
 * {@link RateShare} of what it allows.
 *
 * <p>Camel's Throttler lets a second's worth through at once after a rest, and nobody who waits in it can be called
 * back: at one request a second, a stop would have to wait for all of them.
 */
public final class AccountThrottler {

    /** Asks whether the request should still be sent, and throws if not. */
    @FunctionalInterface
    public interface Check {
        void mayBeSent(PendingUpdate update) throws Exception;
    }

    /** How long somebody may wait in vain. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Held up for longer than this on its way, a request is no longer waited for. */
    private static final long LONGEST_HOLD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** As TCP averages its round-trip time (RFC 6298): each new one counts for an eighth. */
    private static final int AVERAGE_OF = 8;
    /** Whoever is no later than this is in time, so that the time by which a thread wakes up late is not lost. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final int requestsPerSecond;
    private final Check check;
    private final Clock clock;
    private final LongSupplier nanos;
    private final LongConsumer pause;
    /** Fair: in the order in which they came. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private RateShare share;
    private Set<Integer> owned = Set.of();
    private int partitions;
    /** In nanoseconds since the epoch, as in {@link RateShare}. */
    private long next;

    private long current;
    /** Those that Zoom may count in the last second. */
    private final Deque<Passage> passed = new ArrayDeque<>();

    private final Deque<Passage> notYetSent = new ArrayDeque<>();
    /** How long an answer takes on average, or 0 before the first. */
    private long usualNanos;

    /** Lets nothing through before it is told what this instance owns, unless there is no limit.
     *
     * @param requestsPerSecond of the whole account; 0 for no limit
     */
    public AccountThrottler(int requestsPerSecond, Check check, Clock clock) {
        this(requestsPerSecond, check, clock, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * A throttler whose time is given.
     *
     * @param clock the time of day, on which the instances agree
     * @param nanos counts nanoseconds and never goes back
     * @param pause waits for so many nanoseconds, or less
     */
    AccountThrottler(int requestsPerSecond, Check check, Clock clock, LongSupplier nanos, LongConsumer pause) {
        this.requestsPerSecond = requestsPerSecond;
        this.check = check;
        this.clock = clock;
        this.nanos = nanos;
        this.pause = pause;
        this.share = share(Set.of(), 1);
    }

    private RateShare share(Set<Integer> partitions, int ofAll) {
        return new RateShare(Math.max(requestsPerSecond, 1), partitions, ofAll);
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

    /** Requests per second that the whole account may send; infinite if there is no limit. */
    public double accountLimit() {
        return requestsPerSecond == 0 ? Double.POSITIVE_INFINITY : requestsPerSecond;
    }

    /** Requests per second that this instance may send; infinite if there is no limit. */
    public synchronized double ownedLimit() {
        return requestsPerSecond == 0 ? Double.POSITIVE_INFINITY : share.requestsPerSecond();
    }

    /** Waits until it is this request's turn, and asks until then whether it should still be sent. */
    public void await(PendingUpdate update) throws Exception {
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
                pause.accept(Math.min(left(), LOOK_NANOS));
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

    /**
     * What was held up on its way, as by a new connection or by a machine that stood still for a moment, may not come to
     * Zoom together with those behind it.
     */
    private long untilWindowHasRoom() {
        var window = share.windowNanos();
        var now = nanos.getAsLong();
        while (!passed.isEmpty() && now - passed.element().begun >= window + LONGEST_HOLD_UP_NANOS) {
            notYetSent.remove(passed.remove());
        }
        var counted = passed.stream()
                .mapToLong(passage -> passage.countedAtTheLatest(now) + window - now)
                .filter(leaves -> leaves > 0)
                .sorted()
                .toArray();
        return counted.length < share.perWindow() ? Long.MIN_VALUE / 2 : counted[counted.length - share.perWindow()];
    }

    /**
     * A request that was let through is on its way to Zoom now: its connection stands.
     *
     * @return to be told when its answer begins, or that none comes
     */
    public synchronized OnItsWay sent() {
        var passage = notYetSent.isEmpty() ? new Passage() : notYetSent.remove();
        passage.begun = nanos.getAsLong();
        return passage;
    }

    private long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    /** Until its answer begins. */
    @FunctionalInterface
    public interface OnItsWay {
        void ends();
    }

    private final class Passage implements OnItsWay {
        /** Until it is known when it was sent: when it was let through. */
        private long begun = nanos.getAsLong();

        private long answered;
        private boolean isAnswered;

        /** An answer that is later than usual may be so because Zoom got the request later, and counted it then. */
        long countedAtTheLatest(long now) {
            var heldUp = (isAnswered ? answered : now) - begun - usualNanos;
            return begun + Math.min(Math.max(heldUp, 0), LONGEST_HOLD_UP_NANOS);
        }

        @Override
        public void ends() {
            synchronized (AccountThrottler.this) {
                answered = nanos.getAsLong();
                isAnswered = true;
                var took = answered - begun;
                usualNanos += usualNanos == 0 ? took : (took - usualNanos) / AVERAGE_OF;
            }
        }
    }
}
