package groupsync.delivery;

import groupsync.event.Outcome;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
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

    /** It is sent again after so long; the other groups go on. */
    record TryAgain(Duration delay, ZoomReply reply) implements NextStep {}

    /** Zoom takes no update of this group for so long, and takes those of the others. */
    record GroupWaits(Duration delay, ZoomReply reply) implements NextStep {}

    /**
     * Zoom wants fewer requests: none is sent for so long, which without a word of Zoom is the service's to choose.
     */
    record HoldBack(@Nullable Duration delay, ZoomReply reply) implements NextStep {}

    /**
     * No event is at fault, and no repeat would help: nothing is sent but probes.
     *
     * @param delay for which Zoom wants no probe either, if it says so
     */
    record Pause(@Nullable Duration delay, ZoomReply reply) implements NextStep {}
}
