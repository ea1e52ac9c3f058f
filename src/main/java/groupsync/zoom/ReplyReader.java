package groupsync.zoom;

/** Reads the reply to one kind of request. */
@FunctionalInterface
public interface ReplyReader {

    /** Finds out what a response means. */
    ZoomReply read(ZoomResponse response);
}
