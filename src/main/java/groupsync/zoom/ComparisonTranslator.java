package groupsync.zoom;

import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.queue.UpdateDeferredException;
import java.time.Clock;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: an update becomes a GET of its group, which changes nothing. */
public final class ComparisonTranslator implements Processor {

    private final ZoomReplyReader replies;
    private final SendCheck check;
    private final Clock steady;

    /**
     * @param check called before each request: a GET has no body whose writing could call it
     * @param steady a clock that is never set
     */
    public ComparisonTranslator(GroupsApi api, SendCheck check, Clock steady) {
        this.replies = new ZoomReplyReader(api);
        this.check = check;
        this.steady = steady;
    }

    @Override
    public void process(Exchange exchange) throws UpdateDeferredException {
        var pending = Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class), "no update");
        check.requireSendable(pending);
        var now = steady.instant();
        ZoomRequest.find(pending.toBeSent().groupId(), replies::readGroup, now).putInto(exchange, null);
        pending.attempted(now);
    }
}
