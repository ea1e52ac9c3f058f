package groupsync.zoom;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: the failure of a request becomes the {@link ZoomReply} of a request without a response. */
public final class NoReplyTranslator implements Processor {

    private final RequestListener listener;
    private final Clock steady;

    /** @param steady a clock that is never set */
    public NoReplyTranslator(RequestListener listener, Clock steady) {
        this.listener = listener;
        this.steady = steady;
    }

    @Override
    public void process(Exchange exchange) {
        var failure = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class));
        if (failure instanceof NoReplyException noToken) {
            // Without a token no request was sent.
            exchange.getMessage().setBody(noToken.reply());
            return;
        }
        var reply = ZoomReply.unreachable(failure);
        ZoomRequest.of(exchange)
                .ifPresent(request -> listener.answered(
                        request.method(), reply, Duration.between(request.begun(), steady.instant())));
        exchange.getMessage().setBody(reply);
    }
}
