package groupsync.deadletters.replay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The decision about a letter: a replay sends it, or holds it back for one of these reasons. */
public enum ReplayDecision {
    SEND("to be sent"),
    REPLAYED("by an earlier replay"),
    TOO_OFTEN("replayed and refused again, as often as --max-replays allows"),
    STALE("a later update of the group was applied since, or sent again; --include-stale sends them"),
    VALUE_OMITTED("the event was too large for the dead-letter topic; it is where the letter says it came from"),
    TOO_LARGE("for the updates topic; raise its max.message.bytes"),
    NO_LETTER("written by somebody else: without a dead-letter-reason");

    private final String explanation;

    ReplayDecision(String explanation) {
        this.explanation = explanation;
    }

    /** Follows the number of letters in the plan. */
    public String explanation() {
        return explanation;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
