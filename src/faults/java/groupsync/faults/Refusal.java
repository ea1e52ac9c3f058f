package groupsync.faults;

import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;
import java.util.function.Consumer;

/** Why Zoom may take nothing of this account, through no fault of any event. */
@SuppressWarnings("ImmutableEnumChecker") // the actions hold no state
enum Refusal {
    WRONG_SECRET(
            "wrong secret",
            "zoom.client-secret",
            zoom -> zoom.clientSecret("another"),
            zoom -> zoom.clientSecret(ZoomStandIn.CLIENT_SECRET)),
    SECRET_ROTATED(
            "secret rotated",
            "zoom.client-secret",
            zoom -> {
                zoom.clientSecret("another");
                zoom.revokeTokens();
            },
            zoom -> zoom.clientSecret(ZoomStandIn.CLIENT_SECRET)),
    SCOPE_MISSING(
            "missing scope",
            "imgroup:write:admin",
            StandInReply.zoom(400, 4711, "Invalid access token, does not contain scopes:[imgroup:write:admin].")),
    ENCODING_REFUSED(
            "415",
            "zoom.request-format",
            zoom -> zoom.encodings("application/json"),
            zoom -> zoom.encodings("multipart/form-data", "application/json")),
    API_GONE("410/4137", "groups API", StandInReply.zoom(410, 4137, "This API is not available for this account.")),
    FREE_ACCOUNT(
            "free account",
            "paid plan",
            StandInReply.zoom(400, 200, "Only available for Paid account, and the API is not enabled."));

    final String title;
    /** What the remedy must name. */
    final String remedy;

    private final Consumer<ZoomStandIn> begin;
    private final Consumer<ZoomStandIn> end;

    Refusal(String title, String remedy, StandInReply answer) {
        this(title, remedy, zoom -> zoom.answersAlways(answer), zoom -> zoom.answersAlways(new StandInReply.AsZoom()));
    }

    Refusal(String title, String remedy, Consumer<ZoomStandIn> begin, Consumer<ZoomStandIn> end) {
        this.title = title;
        this.remedy = remedy;
        this.begin = begin;
        this.end = end;
    }

    void begin(ZoomStandIn zoom) {
        begin.accept(zoom);
    }

    void end(ZoomStandIn zoom) {
        end.accept(zoom);
    }
}
