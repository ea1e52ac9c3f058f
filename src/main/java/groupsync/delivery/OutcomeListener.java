package groupsync.delivery;

import groupsync.queue.PendingUpdate;

/** Hears of published outcomes. */
@FunctionalInterface
public interface OutcomeListener {

    /** The outcome of the update, and of those merged into it, is in Kafka; its dead letter too, if it has one. */
    void published(PendingUpdate update);
}
