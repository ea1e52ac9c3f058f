package groupsync.delivery;

/**
 * The last time in which Zoom answered nothing although requests waited. The answers at its end are late because of Zoom,
 * and none of these requests was held up on its way.
 */
final class LastStall {

    private final long shortestNanos;
    private long lastAnswer;
    /** The first answer after a long time without any. */
    private long silenceEnded = Long.MIN_VALUE;

    private long ended = Long.MIN_VALUE;

    /** @param shortestNanos the longest time for which a request may be held up on its way */
    LastStall(long shortestNanos) {
        this.shortestNanos = shortestNanos;
    }

    /**
     * An answer has come now.
     *
     * @param begun when its request was sent
     * @param isSlow whether it is so late that Zoom must be the cause: otherwise there were only few requests
     */
    void answered(long begun, long now, boolean isSlow) {
        if (now - lastAnswer > shortestNanos) {
            silenceEnded = now;
        }
        lastAnswer = now;
        if (isSlow && begun < silenceEnded) {
            ended = silenceEnded;
        }
    }

    /** Whether the answer to a request was delayed by it; {@code end} is the time of the answer, or now. */
    boolean delayed(long begun, long end) {
        return begun < ended && ended <= end;
    }
}
