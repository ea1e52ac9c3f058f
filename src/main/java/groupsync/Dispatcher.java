package groupsync;

import groupsync.event.Outcome;
import groupsync.event.UpdateInHand;
import groupsync.kafka.EventsInHand;
import groupsync.zoom.NextStep;
import groupsync.zoom.ReplyPolicy;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided about an update. */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final EventsInHand inHand;
    private final Gate gate;
    private final ReplyPolicy policy;

    Dispatcher(EventsInHand inHand, Gate gate, ReplyPolicy policy) {
        this.inHand = inHand;
        this.gate = gate;
        this.policy = policy;
    }

    /** Takes the next step with an update. */
    public void take(UpdateInHand update, NextStep step) {
        if (step instanceof NextStep.Decided decided) {
            update.conclude(decided.outcome());
            tell(update, decided.outcome());
        } else if (step instanceof NextStep.TryAgain again) {
            if (again.reply().verdict() != Verdict.TOKEN_REFUSED) {
                gate.failed(again.reply());
            }
            inHand.tryAgain(update, again.time());
        } else if (step instanceof NextStep.HoldBack hold) {
            gate.holdBack(hold.time(), hold.reply());
            inHand.tryAgain(update, Instant.MIN);
        } else if (step instanceof NextStep.Pause pause) {
            gate.pause(pause.time(), pause.reply());
            inHand.tryAgain(update, Instant.MIN);
        }
    }

    /** The outcome of an update is published: gives the line of its group, if more of it wait. */
    public @Nullable String published(UpdateInHand update) {
        gate.published();
        return inHand.done(update);
    }

    /** An update was taken up in vain: it stays in hand, if it is still ours. */
    public void notNow(UpdateInHand update) {
        inHand.tryAgain(update, Instant.MIN);
    }

    /** An update could not be worked on, or its outcome could not be published: it stays in hand. */
    public void failed(UpdateInHand update, Exception failure) {
        gate.pause(failure);
        inHand.tryAgain(update, Instant.MIN);
    }

    /** The group to probe Zoom with, if a probe is due. */
    public @Nullable String groupToProbe() {
        if (!gate.isProbeDue()) {
            return null;
        }
        var group = inHand.firstGroup();
        if (group.isEmpty()) {
            gate.probeAnswered();
        }
        return group.orElse(null);
    }

    /** Zoom answered a probe, or did not. */
    public void probed(ZoomReply reply) {
        switch (reply.verdict()) {
            // That there is no such group, or no right to read it, is an answer: Zoom is there.
            case FOUND, GROUP_NOT_FOUND, SCOPE_MISSING -> {
                if (inHand.isAtMostOneGroup()) {
                    policy.probeAnswered();
                }
                gate.probeAnswered();
            }
            default -> gate.pause(reply.notBefore(), reply);
        }
    }

    /** The lines whose wait is over. */
    public List<String> due() {
        if (inHand.isEmpty()) {
            gate.nothingToTry();
        }
        return inHand.due();
    }

    private static void tell(UpdateInHand update, Outcome outcome) {
        if (outcome.isRefused()) {
            LOG.warn(
                    "dead letter eventId={} groupId={} source={} reason={} message=[{}]",
                    outcome.eventId(),
                    outcome.groupId(),
                    update,
                    outcome.reason(),
                    outcome.message());
        } else {
            LOG.debug(
                    "eventId={} groupId={} source={} status={}",
                    outcome.eventId(),
                    outcome.groupId(),
                    update,
                    outcome.status());
        }
    }
}
