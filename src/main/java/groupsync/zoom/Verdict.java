package groupsync.zoom;

import static groupsync.zoom.Consequence.*;

import groupsync.event.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The meaning of a reply from Zoom for its update. All decisions about an update depend on it alone. */
public enum Verdict {
    /** A probe or a comparison has found its group, or all groups are listed. */
    FOUND(DONE),
    /** A page of the groups is listed, and there are more pages. */
    PAGE_LISTED(DONE),

    /** Only 204: Zoom is known to report failures under 200. */
    APPLIED(DONE),

    GROUP_NOT_FOUND(Reason.GROUP_NOT_FOUND),
    NAME_TAKEN(Reason.NAME_TAKEN),
    MISSING_NAME(Reason.MISSING_NAME),
    /** Zoom refuses a setting of the event. */
    REJECTED(Reason.REJECTED_BY_ZOOM),
    /**
     * Zoom refuses with an unknown code. The fault is that of the event, the account or the app; it is that of the event if
     * Zoom applies others meanwhile.
     */
    REFUSAL_UNKNOWN(
            TRY_AGAIN,
            Reason.REJECTED_BY_ZOOM,
            "read Zoom's words; if Zoom refuses every update so, the app or the account needs a change"),

    TOKEN_REFUSED(NEW_TOKEN, "check the credentials, and that the app is still active in Zoom's marketplace"),
    /** Zoom names no difference between an expired token and a missing scope. If a new token does not help, it is the scope. */
    TOKEN_OR_SCOPE_REFUSED(NEW_TOKEN, "check the credentials and the scopes of the app"),
    /** The account has sent too many requests in a second, or too many at the same time. */
    TOO_MANY_REQUESTS(TRY_AGAIN, "lower zoom.requests-per-second if this happens often: other apps share the limit"),
    /** A time-out, a reset, a refused connection, any 5xx. */
    UNAVAILABLE(TRY_AGAIN, "nothing to do but wait, if Zoom is down; otherwise check the way to zoom.api-url"),
    /** Not Zoom's answer: that of a proxy, a portal or a wrong address. */
    NOT_UNDERSTOOD(TRY_AGAIN, "check zoom.api-url, and any proxy on the way to it"),
    /** The group, and not the account, has used up its updates of the day. */
    GROUP_LIMIT_SPENT(GROUP_WAITS, "nothing to do but wait: the updates of this group continue on the next day"),

    /** The host has no certificate that proves it to be Zoom's; no request is sent. */
    NOT_TRUSTED(
            PAUSE,
            "check zoom.api-url and zoom.token-url; if a proxy opens TLS on the way, put its CA into zoom.ca-file"),
    /** The proxy opens no tunnel to Zoom; no request is sent. */
    PROXY_REFUSED(
            PAUSE,
            "check zoom.proxy, zoom.proxy-user and zoom.proxy-password (or zoom.proxy-password-file),"
                    + " and that the proxy allows CONNECT to the hosts of zoom.api-url and zoom.token-url"),
    /** The token endpoint fails; no request can be sent. */
    TOKEN_UNAVAILABLE(PAUSE, "nothing to do but wait, if Zoom is down; otherwise check the way to zoom.token-url"),
    /** The service's own bound, before Zoom refuses; no request is sent. */
    DAILY_BUDGET_SPENT(
            PAUSE,
            "wait for the next day (UTC), or raise zoom.requests-per-day if the account's daily limit allows it"),
    DAILY_LIMIT_SPENT(PAUSE, "wait for the next day, or ask Zoom for a higher limit"),
    CREDENTIALS_REFUSED(
            PAUSE,
            "check zoom.account-id, zoom.client-id and zoom.client-secret (or zoom.client-secret-file),"
                    + " or zoom.access-token (or zoom.access-token-file)"),
    /** The app is deactivated, or was never activated. */
    APP_DEACTIVATED(PAUSE, "activate the app in Zoom's marketplace"),
    /** Zoom refuses the account, or the app for this account. */
    ACCOUNT_REFUSED(PAUSE, "check in Zoom's marketplace that the app is active and belongs to zoom.account-id"),
    ADDRESS_REFUSED(PAUSE, "add the IP address of this service to the allow list of the account or of the app in Zoom"),
    SCOPE_MISSING(PAUSE, "add the scope that Zoom names to the app"),
    /** The scope for the groups' names, which only events with a group name need. */
    LIST_SCOPE_MISSING(PAUSE, "add the scope that Zoom names to the app, or set events.group-names=false"),
    ENCODING_REFUSED(PAUSE, "check zoom.request-format, and any proxy on the way to zoom.api-url"),
    ACCOUNT_NOT_ENTITLED(PAUSE, "the account needs a paid plan for this API"),
    API_GONE(PAUSE, "Zoom moved the account to contact groups: set zoom.groups=contacts; see docs/contact-groups.md");

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

    /** The next step with the update. */
    public Consequence consequence() {
        return consequence;
    }

    /** The reason of the event's refusal, at once or after its last attempt, if the reply has one. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a probe, which is a GET, would get it too, and so shows when it is over. */
    public boolean isSeenByProbe() {
        return switch (this) {
            case SCOPE_MISSING,
                    LIST_SCOPE_MISSING,
                    ENCODING_REFUSED,
                    DAILY_BUDGET_SPENT,
                    DAILY_LIMIT_SPENT,
                    GROUP_LIMIT_SPENT,
                    TOO_MANY_REQUESTS -> false;
            default -> true;
        };
    }

    /** An instruction for the operator; empty if there is none. */
    public String remedy() {
        return remedy;
    }
}
