package groupsync.zoom;

import groupsync.queue.PendingUpdate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the step {@code zoom} a part of the trace of its update: for {@link ZoomHttpClient}, which sends the trace to
 * Zoom, and for the OpenTelemetry agent, if there is one.
 */
public final class TraceOfUpdate implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor processor, @Nullable Processor next) {
        return "zoom".equals(step.getId()) ? new Traced(processor) : processor;
    }

    private static final class Traced extends DelegateAsyncProcessor {
        Traced(Processor processor) {
            super(processor);
        }

        /** Camel's HTTP producer is synchronous, so the trace is current for the whole request. */
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            var update = exchange.getVariable("update", PendingUpdate.class);
            // A probe is part of no trace.
            return update == null
                    ? super.process(exchange, callback)
                    : update.trace()
                            .wrapSupplier(() -> super.process(exchange, callback))
                            .get();
        }
    }
}
