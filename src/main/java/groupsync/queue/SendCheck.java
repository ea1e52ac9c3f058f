package groupsync.queue;

/** Asks whether the request of a taken update may still be sent. */
@FunctionalInterface
public interface SendCheck {

    /**
     * Returns if the request may be sent now.
     *
     * @throws UpdateDeferredException if it must not
     */
    void requireSendable(PendingUpdate update) throws UpdateDeferredException;
}
