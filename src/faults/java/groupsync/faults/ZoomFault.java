package groupsync.faults;

import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;

/** An outage of Zoom, one of the kinds. */
@SuppressWarnings("ImmutableEnumChecker") // the changes hold no state
enum ZoomFault {
    ANSWERS_503("Zoom 503", ZoomChange.answers(StandInReply.status(503))),
    REFUSES_CONNECTIONS("Zoom refused", new ZoomChange(ZoomStandIn::refuseConnections, ZoomStandIn::acceptConnections)),
    HANGS("Zoom hang", ZoomChange.answers(new StandInReply.Hang())),
    RESETS("Zoom reset", ZoomChange.answers(new StandInReply.Reset(false))),
    ANSWERS_GARBAGE("Zoom garbage", ZoomChange.answers(new StandInReply.Garbage())),
    APPLIES_AND_RESETS("Zoom applied-then-reset", ZoomChange.answers(new StandInReply.Reset(true)));

    private final String title;
    private final ZoomChange change;

    ZoomFault(String title, ZoomChange change) {
        this.title = title;
        this.change = change;
    }

    void begin(ZoomStandIn zoom) {
        change.begin().accept(zoom);
    }

    void end(ZoomStandIn zoom) {
        change.end().accept(zoom);
    }

    @Override
    public String toString() {
        return title;
    }
}
