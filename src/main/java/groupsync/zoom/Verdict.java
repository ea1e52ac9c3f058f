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
    /** A setting of the event is not one that Zoom takes. */
    REJECTED(Reason.REJECTED_BY_ZOOM),
    /**
     * Zoom refuses with a code whose meaning is not known. The event may be at fault, or the account, or the app: it is
     * the event if Zoom applies others meanwhile.
     */
    REFUSAL_UNKNOWN(
            TRY_AGAIN,
            Reason.REJECTED_BY_ZOOM,
            "read Zoom's words; if Zoom refuses every update so, the app or the account needs a change"),

    TOKEN_REFUSED(NEW_TOKEN, "check the credentials, and that the app is still active in Zoom's marketplace"),
    /** More requests in a second, or at once, than the account may send. */
    TOO_MANY_REQUESTS(TRY_AGAIN, "lower zoom.requests-per-second if this happens often: other apps share the limit"),
    /** A time-out, a reset, a refused connection, any 5xx. */
    UNAVAILABLE(TRY_AGAIN, "nothing to do but wait, if Zoom is down; else check the way to zoom.api-url"),
    /** No answer that the real Zoom gives: a proxy, a portal, a wrong address. */
    NOT_UNDERSTOOD(TRY_AGAIN, "check zoom.api-url, and any proxy on the way to it"),
    /** The group, and not the account, has had its updates of the day. */
    GROUP_LIMIT_SPENT(GROUP_WAITS, "nothing to do but wait: the updates of this group go on the next day"),

    /** Whoever answers has no certificate that proves it to be Zoom; no request is sent. */
    NOT_TRUSTED(
            PAUSE,
            "check zoom.api-url and zoom.token-url; if a proxy opens TLS on the way, put its CA into zoom.ca-file"),
    /** The proxy gives no way to Zoom; no request is sent. */
    PROXY_REFUSED(
            PAUSE,
            "check zoom.proxy, zoom.proxy-user and zoom.proxy-password (or zoom.proxy-password-file),"
                    + " and that the proxy allows CONNECT to the hosts of zoom.api-url and zoom.token-url"),
    /** No token is to be had now: no request can be sent. */
    TOKEN_UNAVAILABLE(PAUSE, "nothing to do but wait, if Zoom is down; else check the way to zoom.token-url"),
    DAILY_LIMIT_SPENT(PAUSE, "wait for the next day, or ask Zoom for a higher limit"),
    CREDENTIALS_REFUSED(
            PAUSE,
            "check zoom.account-id, zoom.client-id and zoom.client-secret (or zoom.client-secret-file),"
                    + " or zoom.access-token (or zoom.access-token-file)"),
    /** The app is switched off, or was never switched on. */
    APP_DEACTIVATED(PAUSE, "activate the app in Zoom's marketplace"),
    /** The account cannot be used, or the app cannot be used with it. */
    ACCOUNT_REFUSED(PAUSE, "check in Zoom's marketplace that the app is active and belongs to zoom.account-id"),
    ADDRESS_REFUSED(PAUSE, "add the IP address of this service to the allow list of the account or of the app in Zoom"),
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

    Verdict(Reason reason) {
        this(EVENT_REFUSED, reason, "");
    }

    Verdict(Consequence consequence, String remedy) {
        this(consequence, null, remedy);
    }

    Verdict(Consequence consequence, @Nullable Reason reason, String remedy) {
        this.consequence = consequence;
        this.reason = reason;
        this.remedy = remedy;
    }

    public Consequence consequence() {
        return consequence;
    }

    /** Why the event is refused, at once or after its last attempt, if Zoom's answer says it. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a GET would meet it too, so that a probe shows when it is over. */
    public boolean isSeenByProbe() {
        return switch (this) {
            case SCOPE_MISSING,
                    LIST_SCOPE_MISSING,
                    ENCODING_REFUSED,
                    DAILY_LIMIT_SPENT,
                    GROUP_LIMIT_SPENT,
                    TOO_MANY_REQUESTS -> false;
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
        /** The same request again, much later; the other groups go on. */
        GROUP_WAITS,
        /** No event is at fault and no repeat would help: nothing is sent until it is mended. */
        PAUSE
    }
}
