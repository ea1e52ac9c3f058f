package groupsync.zoom;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;

/** Message Translator: an HTTP response of Zoom becomes a {@link ZoomReply}. */
public final class ZoomReplyTranslator implements Processor {

    private static final byte[] NOTHING = {};

    private final AccessTokens tokens;
    private final RequestListener listener;
    private final Clock steady;
    private final Clock timeOfDay;

    /**
     * @param steady the clock of {@link ZoomRequest#begun}
     * @param timeOfDay the clock for times in a response
     */
    public ZoomReplyTranslator(AccessTokens tokens, RequestListener listener, Clock steady, Clock timeOfDay) {
        this.tokens = tokens;
        this.listener = listener;
        this.steady = steady;
        this.timeOfDay = timeOfDay;
    }

    @Override
    public void process(Exchange exchange) throws NoSuchHeaderException, InvalidPayloadException {
        var message = exchange.getMessage();
        // Camel would try each of its type converters on null, which takes a fifth of the time of an update.
        var body = message.getBody() == null ? NOTHING : message.getMandatoryBody(byte[].class);
        var request = ZoomRequest.of(exchange).orElseThrow();
        var reply = tokens.redacted(request.reader()
                .read(ZoomResponse.of(
                        ExchangeHelper.getMandatoryHeader(message, Exchange.HTTP_RESPONSE_CODE, Integer.class),
                        name -> message.getHeader(name, String.class),
                        body,
                        timeOfDay.instant())));
        listener.answered(request.method(), reply, Duration.between(request.begun(), steady.instant()));
        message.removeHeaders("*");
        message.setBody(reply);
        if (request.needsNewToken(reply.verdict())) {
            tokens.refused(request.begun());
        }
    }
}
