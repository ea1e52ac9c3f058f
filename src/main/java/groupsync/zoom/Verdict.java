package groupsync.zoom;

import static groupsync.zoom.Verdict.Consequence.*;

import groupsync.event.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an answer from Zoom means for the update that caused it; the routes decide on nothing else. */
public enum Verdict {
    /** A probe found its group, or the groups were listed: Zoom answers. */
    FOUND(DONE),

    /** 204, and nothing but 204: Zoom is known to report failures under 200. */
    APPLIED(DONE),

    GROUP_NOT_FOUND(Reason.GROUP_NOT_FOUND),
    NAME_TAKEN(Reason.NAME_TAKEN),
    MISSING_NAME(Reason.MISSING_NAME),
    /** Any other fault that Zoom finds with the event. */
    REJECTED(Reason.REJECTED_BY_ZOOM),

    TOKEN_REFUSED(NEW_TOKEN, "check the credentials, and that the app is still active in Zoom's marketplace"),
    /** More requests in a second, or at once, than the account may send. */
    TOO_MANY_REQUESTS(TRY_AGAIN, "lower zoom.requests-per-second if this happens often: other apps share the limit"),
    /** A time-out, a reset, a refused connection, any 5xx. */
    UNAVAILABLE(TRY_AGAIN, "nothing to do but wait, if Zoom is down; else check the way to zoom.api-url"),
    /** No answer that the real Zoom gives: a proxy, a portal, a wrong address. */
    NOT_UNDERSTOOD(TRY_AGAIN, "check zoom.api-url, and any proxy on the way to it"),

    /** Whoever answers has no certificate that proves it to be Zoom; no request is sent. */
    NOT_TRUSTED(
            PAUSE,
            "check zoom.api-url and zoom.token-url; if a proxy opens TLS on the way, put its CA into zoom.ca-file"),
    /** No token is to be had now: no request can be sent. */
    TOKEN_UNAVAILABLE(PAUSE, "nothing to do but wait, if Zoom is down; else check the way to zoom.token-url"),
    DAILY_LIMIT_SPENT(PAUSE, "wait for the next day, or ask Zoom for a higher limit"),
    CREDENTIALS_REFUSED(
            PAUSE,
            "check zoom.account-id, zoom.client-id and zoom.client-secret (or zoom.client-secret-file),"
                    + " or zoom.access-token (or zoom.access-token-file)"),
    SCOPE_MISSING(PAUSE, "add the scope imgroup:write:admin (granular: contact_group:update:group:admin) to the app"),
    /** The right to read the groups' names, which only events that call their group by its name need. */
    LIST_SCOPE_MISSING(
            PAUSE,
            "add the scope imgroup:read:admin (granular: contact_group:read:list_groups:admin) to the app,"
                    + " or set events.group-names=false"),
    ENCODING_REFUSED(PAUSE, "set zoom.request-format to the other one of multipart, json"),
    ACCOUNT_NOT_ENTITLED(PAUSE, "the account needs a paid plan for this API"),
    API_GONE(PAUSE, "the account was moved to Zoom's newer groups API, which this service does not speak");

    private final Consequence consequence;
    private final @Nullable Reason reason;
    private final String remedy;

    Verdict(Consequence consequence) {
        this(consequence, "");
    }

    Verdict(Consequence consequence, String remedy) {
        this.consequence = consequence;
        this.reason = null;
        this.remedy = remedy;
    }

    Verdict(Reason reason) {
        this.consequence = EVENT_REFUSED;
        this.reason = reason;
        this.remedy = "";
    }

    public Consequence consequence() {
        return consequence;
    }

    /** Why the event is refused, if it is. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a GET would meet it too, so that a probe shows when it is over. */
    public boolean isSeenByProbe() {
        return switch (this) {
            case SCOPE_MISSING, LIST_SCOPE_MISSING, ENCODING_REFUSED, DAILY_LIMIT_SPENT, TOO_MANY_REQUESTS -> false;
            default -> true;
        };
    }

    /** What an operator can do about it. */
    public String remedy() {
        return remedy;
    }

    /** What happens next. */
    public enum Consequence {
        /** The update is in Zoom. */
        DONE,
        /** This event can never be applied: a dead letter. */
        EVENT_REFUSED,
        /** The same request once more, with another token. */
        NEW_TOKEN,
        /** The same request again, later. */
        TRY_AGAIN,
        /** No event is at fault and no repeat would help: nothing is sent until it is mended. */
        PAUSE
    }
}
