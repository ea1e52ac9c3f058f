package groupsync.zoom;

import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: the tick of a timer becomes a GET of a group, which changes nothing. */
public final class ProbeTranslator implements Processor {

    private final ZoomReplyReader replies;
    private final Clock steady;

    /** @param steady a clock that is never set */
    public ProbeTranslator(GroupsApi api, Clock steady) {
        this.replies = new ZoomReplyReader(api);
        this.steady = steady;
    }

    @Override
    public void process(Exchange exchange) {
        ZoomRequest.probe(replies::readProbe, steady.instant()).putInto(exchange, null);
    }
}
