package groupsync.delivery;

/**
 * The part of its limit that this instance uses. Other apps share the account's limit, so Zoom may answer 429 although this
 * service keeps it.
 *
 * <p>Each 429 makes the pace slower, and each request that Zoom takes makes it faster again, as TCP adapts to a network that
 * it shares (<a href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1">RFC 5681</a>). So at most one of {@link
 * #TAKEN_TO_REFUSED} requests is refused in the long run, whatever the others use.
 */
public final class Pace {

    /** What a 429 takes from the pace. */
    private static final double DECREASE = 0.03;
    /** So many requests that Zoom takes outweigh a 429. */
    private static final int TAKEN_TO_REFUSED = 75;

    private static final double SLOWEST = 0.05;
    /** Others cause more in a row only now and then, but a Zoom that takes nothing does. */
    private static final int MOST_IN_A_ROW = 12;

    private final boolean isLimited;
    private double part = 1;
    private int refusedInARow;

    /** @param isLimited whether there is a limit of which this is a part */
    public Pace(boolean isLimited) {
        this.isLimited = isLimited;
    }

    /**
     * Zoom answered 429 for the limit of a second.
     *
     * @return whether a slower pace is an answer to that; otherwise no requests are to be sent for a moment
     */
    synchronized boolean refused() {
        part = Math.max(SLOWEST, part * (1 - DECREASE));
        return isLimited && ++refusedInARow <= MOST_IN_A_ROW;
    }

    /** Zoom took a request. */
    synchronized void taken() {
        part = Math.min(1, part * (1 + DECREASE / TAKEN_TO_REFUSED));
        refusedInARow = 0;
    }

    /** From 0.05 to 1: a part of the limit; 1 if Zoom refuses nothing. */
    public synchronized double part() {
        return part;
    }
}
