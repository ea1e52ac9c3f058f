package groupsync.delivery;

import groupsync.event.Outcome;
import groupsync.event.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens next with an update after a reply of Zoom. */
sealed interface NextStep {

    /** The update has its outcome. With a reason it is refused, and becomes a dead letter. */
    record Conclude(Outcome.Status status, @Nullable Reason reason) implements NextStep {}

    /** Zoom refused a merged request: each of its updates is sent alone. */
    record Separate() implements NextStep {}

    /** The update is sent again after the delay; other groups do not wait. */
    record Retry(Duration delay) implements NextStep {}

    /** Zoom takes no update of this group during the delay, but updates of other groups. */
    record WaitForGroup(Duration delay) implements NextStep {}

    /** Other apps use a part of the limit: the update is sent again in its turn, at a slower {@link Pace}. */
    record SlowDown() implements NextStep {}

    /** Zoom wants fewer requests: none is sent for a moment, or for the delay that Zoom asks for. */
    record BackOff(@Nullable Duration delay) implements NextStep {}

    /** No event is at fault: nothing but probes is sent, and no probe during the delay that Zoom asks for. */
    record Pause(@Nullable Duration delay) implements NextStep {}
}
