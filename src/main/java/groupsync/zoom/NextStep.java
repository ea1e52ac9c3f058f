package groupsync.zoom;

import groupsync.event.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done about an update after an answer of Zoom. */
public sealed interface NextStep {

    /** It is decided what became of it. */
    record Decided(Outcome outcome) implements NextStep {}

    /** It is sent again, not before that time; the other groups go on. */
    record TryAgain(Instant time, ZoomReply reply) implements NextStep {}

    /**
     * Zoom wants fewer requests: nobody sends any before that time, which without one is the service's to choose.
     */
    record HoldBack(@Nullable Instant time, ZoomReply reply) implements NextStep {}

    /**
     * No event is at fault, and no repeat would help: nothing is sent but probes.
     *
     * @param time before which Zoom wants no probe either, if it named one
     */
    record Pause(@Nullable Instant time, ZoomReply reply) implements NextStep {}
}
