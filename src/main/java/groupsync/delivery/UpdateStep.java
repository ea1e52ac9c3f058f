package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * What a step of a route does with its update. A step {@code bean} would look for the method and its arguments again for each
 * update, which takes longer than most of the methods.
 */
@FunctionalInterface
public interface UpdateStep extends Processor {

    /** Takes the update of the variable {@code update}. */
    void take(PendingUpdate update) throws Exception;

    @Override
    default void process(Exchange exchange) throws Exception {
        take(of(exchange));
    }

    /** The update of an exchange; fails if it has none. */
    static PendingUpdate of(Exchange exchange) {
        return Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class), "no update");
    }
}
