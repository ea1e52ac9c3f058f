package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** What a step {@code filter} asks of its update. As an expression in Simple, it would be parsed again for each update. */
@FunctionalInterface
public interface UpdateCondition extends Predicate {

    /** Whether the update passes. */
    boolean test(PendingUpdate update);

    @Override
    default boolean matches(Exchange exchange) {
        return test(UpdateStep.of(exchange));
    }
}
