package groupsync.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an event was refused, as outcomes and dead letters name it. */
public enum Reason {
    /** The value is not JSON in UTF-8. */
    MALFORMED_JSON,
    /** The JSON breaks the schema of group-update events. */
    INVALID_EVENT,
    /** Zoom knows no group of this id, or of this name. */
    GROUP_NOT_FOUND,
    /** Several groups of the account have the name that the event calls its group by. */
    GROUP_AMBIGUOUS,
    /** Another group of the account has this name. */
    NAME_TAKEN,
    /** Zoom wants a name with every update, and the event has none. */
    MISSING_NAME,
    /** Zoom refused what the event asks for; the message says why. */
    REJECTED_BY_ZOOM,
    /** Zoom answered others, but failed at this event as often as it was tried. */
    RETRIES_EXHAUSTED;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
