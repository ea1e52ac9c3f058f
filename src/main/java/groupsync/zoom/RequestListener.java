package groupsync.zoom;

import java.time.Duration;

/** Is told of each request to Zoom. */
@FunctionalInterface
public interface RequestListener {

    /** PATCH is an update, GET a probe, or asks for the names of the groups. */
    enum Method {
        PATCH,
        GET
    }

    /**
     * A request was answered, or is to have no answer.
     *
     * @param time since it was begun
     */
    void answered(Method method, ZoomReply reply, Duration time);
}
