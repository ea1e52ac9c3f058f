package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines about updates. */
final class DeliveryLog {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private DeliveryLog() {}

    static void reply(PendingUpdate update, ZoomReply reply) {
        if (LOG.isDebugEnabled()) {
            update.members().forEach(member -> reply(member, update, reply));
        }
    }

    private static void reply(PendingUpdate member, PendingUpdate update, ZoomReply reply) {
        EventLog.about(LOG.atDebug(), member.event(), reply.trackingId())
                .log(
                        "answered eventId={} groupId={} source={} attempts={} merged={} reply=[{}]",
                        EventLog.shown(member.event().eventId()),
                        EventLog.shown(member.event().groupId().orElse("")),
                        member,
                        member.attempts(),
                        update.members().size(),
                        reply);
    }

    static void groupWaits(PendingUpdate update, Duration wait, ZoomReply reply) {
        EventLog.about(LOG.atWarn(), update.event(), reply.trackingId())
                .log(
                        "group waits groupId={} eventId={} wait={} cause=[{}]",
                        EventLog.shown(update.event().groupId().orElse("")),
                        EventLog.shown(update.event().eventId()),
                        wait,
                        reply);
    }

    /** Only of an update that is refused. */
    static void refused(PendingUpdate update) {
        var outcome = update.outcome();
        if (outcome != null && outcome.isRefused()) {
            EventLog.about(LOG.atWarn(), update.event(), outcome.trackingId())
                    .log(
                            "dead letter eventId={} groupId={} source={} reason={} message=[{}]",
                            EventLog.shown(outcome.eventId()),
                            EventLog.shown(update.event().groupId().orElse("")),
                            outcome.source(),
                            outcome.reason(),
                            outcome.message());
        }
    }

    static void published(PendingUpdate update) {
        var outcome = update.outcome();
        if (outcome != null && LOG.isDebugEnabled()) {
            EventLog.about(LOG.atDebug(), update.event(), outcome.trackingId())
                    .log(
                            "outcome published eventId={} groupId={} source={} status={} mergedInto={}",
                            EventLog.shown(outcome.eventId()),
                            EventLog.shown(update.event().groupId().orElse("")),
                            outcome.source(),
                            outcome.status(),
                            EventLog.shown(String.valueOf(outcome.mergedInto())));
        }
    }
}
