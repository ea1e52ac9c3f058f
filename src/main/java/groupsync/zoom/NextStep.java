package groupsync.zoom;

import groupsync.event.Outcome;
import java.time.Instant;

/** What is to be done about an update after an answer of Zoom. */
public sealed interface NextStep {

    /** It is decided what became of it. */
    record Decided(Outcome outcome) implements NextStep {}

    /** It is sent again, not before that time; the other groups go on. */
    record TryAgain(Instant time) implements NextStep {}

    /**
     * No event is at fault: nothing is sent before that time.
     *
     * @param cause what Zoom said
     * @param remedy what an operator can do about it
     */
    record Pause(Instant until, String cause, String remedy) implements NextStep {}
}
