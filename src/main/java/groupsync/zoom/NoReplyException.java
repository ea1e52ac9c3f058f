package groupsync.zoom;

import java.io.IOException;
import java.io.Serial;

/** A request could not be sent, and no event is at fault: no token, no way through the proxy, no request left for the day. */
public final class NoReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient ZoomReply reply;

    /** @param reply the reason, with its verdict, instead of a reply of Zoom */
    public NoReplyException(ZoomReply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    /** The reason, with its verdict, instead of a reply of Zoom. */
    public ZoomReply reply() {
        return reply;
    }
}
