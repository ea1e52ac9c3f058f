package groupsync.zoom;

/** The next step with an update after a {@link Verdict}. */
public enum Consequence {
    /** The update is in Zoom. */
    DONE,
    /** The event can never be applied: a dead letter. */
    EVENT_REFUSED,
    /** The same request again, with another token. */
    NEW_TOKEN,
    /** The same request again, later. */
    TRY_AGAIN,
    /** The same request again, much later; other groups continue. */
    GROUP_WAITS,
    /** No event is at fault and no repeat would help: nothing is sent until the cause is removed. */
    PAUSE
}
