package groupsync.zoom;

import groupsync.event.UpdateInHand;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;

/** Message Translator: the answer to a PATCH becomes a {@link ZoomReply}. */
public final class ZoomReplyTranslator implements Processor {

    private final AccessTokens tokens;
    private final Clock clock;

    public ZoomReplyTranslator(AccessTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws NoSuchHeaderException {
        var message = exchange.getMessage();
        var body = message.getBody(byte[].class);
        var reply = tokens.redacted(ZoomReply.of(
                ExchangeHelper.getMandatoryHeader(message, Exchange.HTTP_RESPONSE_CODE, Integer.class),
                name -> message.getHeader(name, String.class),
                body == null ? new byte[0] : body,
                clock.instant()));
        message.removeHeaders("*");
        message.setBody(reply);
        var update = exchange.getVariable("update", UpdateInHand.class);
        if (reply.verdict() == Verdict.TOKEN_REFUSED && update != null && update.latestAttempt() != null) {
            tokens.refused(update.latestAttempt());
        }
    }
}
