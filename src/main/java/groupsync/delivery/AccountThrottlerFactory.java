package groupsync.delivery;

import groupsync.queue.PendingUpdate;
import java.util.Objects;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.TypedProcessorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the step {@code throttle} of a route an {@link AccountThrottler}. Camel finds this class by {@code
 * META-INF/services/org/apache/camel/model/ThrottleDefinition}, as it finds the implementation of {@code circuitBreaker}.
 */
public final class AccountThrottlerFactory extends TypedProcessorFactory<ThrottleDefinition> {

    public AccountThrottlerFactory() {
        super(ThrottleDefinition.class);
    }

    @Override
    public @Nullable Processor doCreateProcessor(Route route, ThrottleDefinition definition) {
        var throttler =
                Objects.requireNonNull(route.getCamelContext().getRegistry().findSingleByType(AccountThrottler.class));
        // Converted, since Camel warns at each start of a step that is not asynchronous.
        return AsyncProcessorConverterHelper.convert(exchange ->
                throttler.await(Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class))));
    }
}
