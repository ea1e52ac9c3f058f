package groupsync.delivery;

/**
 * The most partitions in whose slots an instance could send within the last second. After a loan ends, the requests of its
 * slots are still in Zoom's window, and must not hold up those of the slots that are left.
 */
final class RecentParts {

    private int most;
    private long latest;

    /**
     * Notes the present parts, and returns the most of the window.
     *
     * @param now nanoseconds since the epoch
     */
    int most(int parts, long now, long windowNanos) {
        if (parts >= most || now < latest || now - latest > windowNanos) {
            most = parts;
            latest = now;
        }
        return most;
    }
}
