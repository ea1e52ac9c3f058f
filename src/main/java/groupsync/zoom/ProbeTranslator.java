package groupsync.zoom;

import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.hc.core5.net.PercentCodec;

/** Message Translator: the id of a group becomes the path of a GET. */
public final class ProbeTranslator implements Processor {

    private final Clock clock;

    public ProbeTranslator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        var message = exchange.getMessage();
        var group = message.getMandatoryBody(String.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_PATH, PercentCodec.RFC3986.encode(group));
        message.setBody(null);
        exchange.setVariable(ZoomReplyTranslator.SENT, clock.instant());
    }
}
