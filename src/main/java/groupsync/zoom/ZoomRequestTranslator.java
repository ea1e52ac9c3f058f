package groupsync.zoom;

import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Message Translator: an update becomes a PATCH of its group. */
public final class ZoomRequestTranslator implements Processor {

    private final GroupsApi api;
    private final ZoomReplyReader replies;
    private final SendCheck check;
    private final Clock steady;

    /**
     * @param check called when the body is written
     * @param steady a clock that is never set
     */
    public ZoomRequestTranslator(GroupsApi api, SendCheck check, Clock steady) {
        this.api = api;
        this.replies = new ZoomReplyReader(api);
        this.check = check;
        this.steady = steady;
    }

    @Override
    public void process(Exchange exchange) {
        var pending = Objects.requireNonNull(exchange.getVariable("update", PendingUpdate.class), "no update");
        var update = pending.toBeSent();
        var now = steady.instant();
        ZoomRequest.patch(update.groupId(), replies::read, now)
                .putInto(
                        exchange, new CheckedEntity(api.body(update, ZoomRequestTranslator::boundary), pending, check));
        pending.attempted(now);
    }

    /**
     * ThreadLocalRandom is enough: SecureRandom blocks threads, and GroupForm picks another boundary if a field contains
     * this one.
     */
    private static String boundary() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
