package groupsync.zoom;

import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: no answer to a PATCH becomes a {@link ZoomReply} that says so. */
public final class NoReplyTranslator implements Processor {

    @Override
    public void process(Exchange exchange) {
        var failure = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class));
        exchange.getMessage()
                .setBody(failure instanceof NotAppliedException known ? known.reply() : ZoomReply.unreachable(failure));
    }
}
