package groupsync.faults;

import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.util.function.Consumer;

/** What may befall Zoom for a while. */
@SuppressWarnings("ImmutableEnumChecker") // the actions hold no state
enum ZoomFault {
    ANSWERS_503("Zoom 503", zoom -> zoom.answersAlways(StandInReply.status(503))),
    REFUSES_CONNECTIONS("Zoom refused", ZoomStandIn::refuseConnections, ZoomStandIn::acceptConnections),
    HANGS("Zoom hang", zoom -> zoom.answersAlways(new StandInReply.Hang())),
    RESETS("Zoom reset", zoom -> zoom.answersAlways(new StandInReply.Reset(false))),
    ANSWERS_GARBAGE("Zoom garbage", zoom -> zoom.answersAlways(new StandInReply.Garbage())),
    APPLIES_AND_RESETS("Zoom applied-then-reset", zoom -> zoom.answersAlways(new StandInReply.Reset(true)));

    private final String title;
    private final Consumer<ZoomStandIn> begin;
    private final Consumer<ZoomStandIn> end;

    ZoomFault(String title, Consumer<ZoomStandIn> begin) {
        this(title, begin, zoom -> zoom.answersAlways(new StandInReply.AsZoom()));
    }

    ZoomFault(String title, Consumer<ZoomStandIn> begin, Consumer<ZoomStandIn> end) {
        this.title = title;
        this.begin = begin;
        this.end = end;
    }

    void begin(ZoomStandIn zoom) {
        begin.accept(zoom);
    }

    void end(ZoomStandIn zoom) {
        end.accept(zoom);
    }

    @Override
    public String toString() {
        return title;
    }
}
