package groupsync.delivery;

/**
 * The usual time until an answer begins, and its variation, as TCP estimates its round-trip time
 * (<a href="https://www.rfc-editor.org/rfc/rfc6298#section-2">RFC 6298</a>).
 */
final class AnswerTimes {

    private static final int AVERAGE_OF = 8;
    private static final int VARIATION_OF = 4;
    /** TCP takes 4. The answers of a busy server vary more widely than round-trip times. */
    private static final int VARIATIONS = 6;

    private long usualNanos;
    private long variationNanos;
    private long quickestNanos = Long.MAX_VALUE;

    void took(long nanos) {
        if (isEmpty()) {
            usualNanos = nanos;
            variationNanos = nanos / 2;
        } else {
            variationNanos += (Math.abs(nanos - usualNanos) - variationNanos) / VARIATION_OF;
            usualNanos += (nanos - usualNanos) / AVERAGE_OF;
        }
        quickestNanos = Math.min(quickestNanos, nanos);
    }

    boolean isEmpty() {
        return quickestNanos == Long.MAX_VALUE;
    }

    /** The time of the quickest answer; the largest number before the first answer. */
    long quickestNanos() {
        return quickestNanos;
    }

    /** An answer that takes longer is late. */
    long latestUsualNanos() {
        return usualNanos + VARIATIONS * variationNanos;
    }
}
