package groupsync.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The reason of an event's refusal, as in outcomes and dead letters. */
public enum Reason {
    /** The value is not JSON in UTF-8. */
    MALFORMED_JSON,
    /** The JSON breaks the schema of group-update events. */
    INVALID_EVENT,
    /** The groups in Zoom do not have a field of the event. */
    UNSUPPORTED_FIELD,
    /** Zoom has no group with this id or name. */
    GROUP_NOT_FOUND,
    /** Several groups of the account have the name in the event. */
    GROUP_AMBIGUOUS,
    /** Another group of the account has this name. */
    NAME_TAKEN,
    /** Zoom requires a name in every update, and the event has none. */
    MISSING_NAME,
    /** Zoom refused the update; the message has Zoom's reason. */
    REJECTED_BY_ZOOM,
    /** All attempts of this event failed, while Zoom answered other requests. */
    RETRIES_EXHAUSTED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
