package groupsync.zoom;

import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.queue.UpdateDeferredException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The body of a request, which checks when it is written whether the request may still be sent: a new connection may have
 * taken seconds since the last check, or the process may have stood still.
 */
final class CheckedEntity extends HttpEntityWrapper {

    private final PendingUpdate update;
    private final SendCheck check;

    CheckedEntity(HttpEntity body, PendingUpdate update, SendCheck check) {
        super(body);
        this.update = update;
        this.check = check;
    }

    /** @throws NotSentException if the request may not be sent; its head, already written, is never sent either */
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
