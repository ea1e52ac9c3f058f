package groupsync.zoom;

import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.queue.UpdateDeferredException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The body of a request that asks, in the moment in which it is written, whether the request may still be sent: since
 * the last look a new connection may have taken seconds, or the process may have stood still.
 */
final class CheckedEntity extends HttpEntityWrapper {

    private final PendingUpdate update;
    private final SendCheck check;

    CheckedEntity(HttpEntity body, PendingUpdate update, SendCheck check) {
        super(body);
        this.update = update;
        this.check = check;
    }

    /** @throws NotSentException if it may not; what was written of the request's head is never sent */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            check.requireSendable(update);
        } catch (UpdateDeferredException | RuntimeException e) {
            update.notAttempted();
            throw new NotSentException(e);
        }
        super.writeTo(out);
    }
}
