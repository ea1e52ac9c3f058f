package groupsync.deadletters;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a replay does with a letter: sends it, or holds it back for one of these reasons. */
enum Decision {
    SEND("to be sent"),
    REPLAYED("replayed already"),
    TOO_OFTEN("replayed as often as --max-replays allows, and refused again"),
    STALE("stale: a later update of the group was applied (--include-stale)"),
    VALUE_OMITTED("too large for the dead-letter topic: the value is where the letter's source says"),
    NO_LETTER("not written by the service: no dead-letter headers");

    private final String words;

    Decision(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
