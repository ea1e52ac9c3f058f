package groupsync.zoom;

import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: no answer becomes a {@link ZoomReply} that says so. */
public final class NoReplyTranslator implements Processor {

    private final RequestListener watch;
    private final Clock clock;

    public NoReplyTranslator(RequestListener watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var failure = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class));
        if (failure instanceof NoReplyException known) {
            // There was no token, so there was no request.
            exchange.getMessage().setBody(known.reply());
        } else {
            var reply = ZoomReply.unreachable(failure);
            ZoomReplyTranslator.tell(watch, exchange, reply, clock.instant());
            exchange.getMessage().setBody(reply);
        }
    }
}
