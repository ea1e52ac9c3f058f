package groupsync.delivery;

import groupsync.zoom.Verdict;

/** Hears when pauses begin and end. */
public interface PauseListener {

    /** Zoom's reply is the cause; called for each such reply during the pause. */
    void paused(Verdict verdict);

    /**
     * Something else is the cause.
     *
     * @param part {@code kafka} or {@code service}
     */
    void paused(String part);

    /** Updates are sent again. */
    void resumed();
}
