package groupsync.zoom;

import java.io.IOException;
import java.io.Serial;

/** Zoom did not apply an update, and that is not the event's fault. */
public final class NoReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient ZoomReply reply;

    public NoReplyException(ZoomReply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    public ZoomReply reply() {
        return reply;
    }
}
