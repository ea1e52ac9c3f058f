package groupsync.faults;

import groupsync.sandbox.StandInReply;
import groupsync.sandbox.ZoomStandIn;

/** A reason for Zoom to refuse all requests of the account, through no fault of an event. */
@SuppressWarnings("ImmutableEnumChecker") // the changes hold no state
enum Refusal {
    WRONG_SECRET(
            "wrong secret",
            "zoom.client-secret",
            new ZoomChange(zoom -> zoom.clientSecret("another"), zoom -> zoom.clientSecret(ZoomStandIn.CLIENT_SECRET))),
    SECRET_ROTATED(
            "secret rotated",
            "zoom.client-secret",
            new ZoomChange(
                    zoom -> {
                        zoom.clientSecret("another");
                        zoom.revokeTokens();
                    },
                    zoom -> zoom.clientSecret(ZoomStandIn.CLIENT_SECRET))),
    SCOPE_MISSING(
            "missing scope",
            Form.isOfContacts() ? "contact_group:write:admin" : "imgroup:write:admin",
            ZoomChange.answers(StandInReply.zoom(
                    400, 4711, "Invalid access token, does not contain scopes:[imgroup:write:admin]."))),
    ENCODING_REFUSED(
            "415",
            Form.isOfContacts() ? "JSON" : "zoom.request-format",
            Form.isOfContacts()
                    ? ZoomChange.answers(StandInReply.zoom(415, 300, "Unsupported Content Type"))
                    : new ZoomChange(
                            zoom -> zoom.encodings("application/json"),
                            zoom -> zoom.encodings("multipart/form-data", "application/json"))),
    API_GONE(
            "410/4137",
            Form.isOfContacts() ? "successor" : "zoom.groups=contacts",
            ZoomChange.answers(StandInReply.zoom(410, 4137, "This API is not available for this account."))),
    FREE_ACCOUNT(
            "free account",
            "paid plan",
            ZoomChange.answers(
                    StandInReply.zoom(400, 200, "Only available for Paid account, and the API is not enabled.")));

    final String title;
    /** A part of the remedy. */
    final String remedy;

    private final ZoomChange change;

    Refusal(String title, String remedy, ZoomChange change) {
        this.title = title;
        this.remedy = remedy;
        this.change = change;
    }

    void begin(ZoomStandIn zoom) {
        change.begin().accept(zoom);
    }

    void end(ZoomStandIn zoom) {
        change.end().accept(zoom);
    }
}
