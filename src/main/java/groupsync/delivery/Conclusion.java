package groupsync.delivery;

import groupsync.event.Difference;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Consequence;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives updates their outcomes. */
final class Conclusion {

    private final Clock timeOfDay;

    /** @param timeOfDay the clock for what is published */
    Conclusion(Clock timeOfDay) {
        this.timeOfDay = timeOfDay;
    }

    /** The outcome of an update that is not sent. */
    void unsent(PendingUpdate update, Status status) {
        conclude(update, status, null, null, null);
    }

    /** The outcome of an event that is no valid update. */
    void invalid(PendingUpdate update, GroupUpdateEvent.Invalid event) {
        conclude(update, Status.REJECTED, event.reason(), event.message(), null);
    }

    /** The outcome of an update after its last request. */
    void sent(PendingUpdate update, NextStep.Conclude step, ZoomReply reply) {
        conclude(update, step.status(), step.reason(), reply.message(), reply);
    }

    /**
     * The outcome of an update whose group Zoom was asked for. A group that cannot be compared has a reason, and no dead
     * letter: the update was not to be applied.
     */
    void compared(PendingUpdate update, ZoomReply reply) {
        var verdict = reply.verdict();
        var reason = verdict.consequence() == Consequence.DONE
                ? null
                : verdict.reason().orElse(Reason.RETRIES_EXHAUSTED);
        conclude(update, Status.DRY_RUN, reason, reply.message(), reply);
    }

    private void conclude(
            PendingUpdate update,
            Status status,
            @Nullable Reason reason,
            @Nullable String message,
            @Nullable ZoomReply reply) {
        var members = update.members();
        var last = members.get(members.size() - 1);
        update.conclude(members.stream()
                .map(member -> Outcome.of(
                        member.event(),
                        member.attempts(),
                        status,
                        reason,
                        message,
                        reply == null ? null : reply.statusOfHttp(),
                        reply == null ? null : reply.zoomCode(),
                        reply == null ? null : reply.trackingId(),
                        // The members of a comparison have one request, but none is applied by it.
                        member == last || status == Status.DRY_RUN
                                ? null
                                : last.event().eventId(),
                        changes(member, reply),
                        timeOfDay.instant()))
                .toList());
        members.forEach(DeliveryLog::refused);
    }

    private static @Nullable Map<String, Difference> changes(PendingUpdate member, @Nullable ZoomReply reply) {
        var found = reply == null ? null : reply.settings();
        return found != null && member.event() instanceof GroupUpdateEvent.Valid valid
                ? Difference.between(found, valid.update())
                : null;
    }
}
