package groupsync.delivery;

import groupsync.zoom.RequestInFlight;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The requests that Zoom may count in its present window of a second.
 *
 * <p>A request may be held up on its way, by a new connection or by a machine that stood still. It must not reach Zoom in
 * the same second as all the requests behind it.
 */
final class RequestsInFlight {

    private final long longestHoldUpNanos;
    private final LongSupplier nanos;
    private final AnswerTimes answerTimes = new AnswerTimes();
    private final Deque<Passed> passed = new ArrayDeque<>();
    private final Deque<Passed> notYetSent = new ArrayDeque<>();
    private final LastStall lastStall;

    /**
     * @param longestHoldUp of a request that is written and has not reached Zoom
     * @param nanos counts nanoseconds and never goes back
     */
    RequestsInFlight(Duration longestHoldUp, LongSupplier nanos) {
        this.longestHoldUpNanos = longestHoldUp.toNanos();
        this.nanos = nanos;
        lastStall = new LastStall(longestHoldUpNanos);
    }

    /** A request has passed the throttler. */
    synchronized void passed() {
        var request = new Passed();
        passed.add(request);
        notYetSent.add(request);
    }

    /** The connection of a request stands, and the request is written to it. */
    synchronized RequestInFlight sent() {
        var request = notYetSent.isEmpty() ? new Passed() : notYetSent.remove();
        request.isSent();
        return request;
    }

    /** The nanoseconds until a window of this length has room for one more request; negative if it has room now. */
    synchronized long untilRoom(long windowNanos, int requestsPerWindow) {
        var now = nanos.getAsLong();
        while (!passed.isEmpty() && now - passed.element().begun >= windowNanos + longestHoldUpNanos) {
            notYetSent.remove(passed.remove());
        }
        var counted = passed.stream()
                .mapToLong(request -> request.countedAtTheLatest(now) + windowNanos - now)
                .filter(leaves -> leaves > 0)
                .sorted()
                .toArray();
        return counted.length < requestsPerWindow ? Long.MIN_VALUE / 2 : counted[counted.length - requestsPerWindow];
    }

    private final class Passed implements RequestInFlight {
        /** When it was sent; before that, when it passed. */
        private long begun = nanos.getAsLong();

        private boolean isSent;
        private boolean isBeforeFirstAnswer;
        private long latestUsualNanos;
        private long answered;
        private boolean isAnswered;

        void isSent() {
            begun = nanos.getAsLong();
            isSent = true;
            // As answers are now: those to many requests that are held up together must not become usual.
            isBeforeFirstAnswer = answerTimes.isEmpty();
            latestUsualNanos = answerTimes.latestUsualNanos();
        }

        /** If an answer is later than usual answers are, Zoom may have received the request later, and counted it then. */
        long countedAtTheLatest(long now) {
            // The first requests are held up most of all, since Java loads what they need.
            var usual = isBeforeFirstAnswer ? answerTimes.quickestNanos() : latestUsualNanos;
            var end = isAnswered ? answered : now;
            var late = end - begun - usual;
            if (late <= longestHoldUpNanos && !lastStall.delayed(begun, end)) {
                return begun + Math.max(late, 0);
            }
            // An answer that is later still shows a slow Zoom, which has received the request.
            return isSent ? begun : begun + longestHoldUpNanos;
        }

        @Override
        public void answered() {
            synchronized (RequestsInFlight.this) {
                answered = nanos.getAsLong();
                isAnswered = true;
                var isSlow = !isBeforeFirstAnswer && answered - begun - latestUsualNanos > longestHoldUpNanos;
                lastStall.answered(begun, answered, isSlow);
                answerTimes.took(answered - begun);
            }
        }
    }
}
