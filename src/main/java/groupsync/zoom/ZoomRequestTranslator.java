package groupsync.zoom;

import groupsync.delivery.AccountThrottler;
import groupsync.queue.PendingUpdate;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.hc.core5.net.PercentCodec;

/** Message Translator: an update becomes the body of a PATCH, and the path it goes to. */
public final class ZoomRequestTranslator implements Processor {

    private final GroupForm format;
    private final AccountThrottler.Check check;
    private final Clock clock;

    /** @param check is asked once more when the body is written */
    public ZoomRequestTranslator(GroupForm format, AccountThrottler.Check check, Clock clock) {
        this.format = format;
        this.check = check;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        var message = exchange.getMessage();
        var inHand = message.getMandatoryBody(PendingUpdate.class);
        var update = inHand.toBeSent();
        message.removeHeaders("*");
        // One path segment (RFC 3986, section 3.3), so that nothing in an id can reach another path.
        message.setHeader(Exchange.HTTP_PATH, PercentCodec.RFC3986.encode(update.groupId()));
        message.setBody(new CheckedEntity(format.of(update, ZoomRequestTranslator::boundary), inHand, check));
        var now = clock.instant();
        inHand.attempted(now);
        exchange.setVariable(ZoomReplyTranslator.SENT, now);
    }

    /** By no secure chance, for which threads wait for each other: a text that holds it gets another one. */
    private static String boundary() {
        var chance = ThreadLocalRandom.current();
        return new UUID(chance.nextLong(), chance.nextLong()).toString();
    }
}
