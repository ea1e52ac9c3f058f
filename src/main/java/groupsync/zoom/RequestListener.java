package groupsync.zoom;

import java.time.Duration;

/** Is told of each request to Zoom. */
@FunctionalInterface
public interface RequestListener {

    /**
     * A request was answered, or is to have no answer.
     *
     * @param time since it was begun
     */
    void answered(ZoomRequest.Method method, ZoomReply reply, Duration time);
}
