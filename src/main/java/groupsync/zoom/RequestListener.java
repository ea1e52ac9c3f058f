package groupsync.zoom;

import java.time.Duration;

/** Receives the reply to each request to Zoom. */
@FunctionalInterface
public interface RequestListener {

    /**
     * A request has a reply, or has failed without one.
     *
     * @param time since the request was begun
     */
    void answered(ZoomRequest.Method method, ZoomReply reply, Duration time);
}
