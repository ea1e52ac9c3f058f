package groupsync.zoom;

import groupsync.event.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about an update after an answer of Zoom. */
public sealed interface NextStep {

    /**
     * It is decided what became of it.
     *
     * @param outcomes one for each that was merged
     */
    record Decided(List<Outcome> outcomes) implements NextStep {
        public Decided {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** It was decided before, and could not be published then. */
    record Publish() implements NextStep {}

    /** The request of several is not taken: each is sent by itself. */
    record Separate() implements NextStep {}

    /** It is sent again, not before that time; the other groups go on. */
    record TryAgain(Instant time, ZoomReply reply) implements NextStep {}

    /** Zoom takes no update of this group before that time, and takes those of the others. */
    record GroupWaits(Instant time, ZoomReply reply) implements NextStep {}

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
