package groupsync.faults;

import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.util.function.Consumer;

/** A change of Zoom's behaviour, and its end. */
record ZoomChange(Consumer<ZoomStandIn> begin, Consumer<ZoomStandIn> end) {

    /** The same reply to all requests. */
    static ZoomChange answers(StandInReply reply) {
        return new ZoomChange(zoom -> zoom.answersAlways(reply), zoom -> zoom.answersAlways(new StandInReply.AsZoom()));
    }
}
