package groupsync.delivery;

import groupsync.event.EventLog;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides, on the verdict alone, what is to be done about an update. */
public final class RetryPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

    /** Twice as many groups as attempts: a moment's trouble pauses nothing, and an outage is not tried with all groups. */
    private static final int GROUPS_PER_ATTEMPT = 2;

    /** The day of Zoom's limits ends at midnight UTC, but its words do not say so for the limit of one group. */
    private static final Duration LOOK_AT_GROUP_LIMIT = Duration.ofHours(1);

    /** A failure counts against an event only this many probe intervals after its first: by then a brown-out shows. */
    private static final int INTERVALS_BEFORE_FAULTS = 6;
    /** A failure that asks for a longer wait than this many probe intervals is looked at again all the same. */
    private static final int MOST_INTERVALS_ASKED_FOR = 6;
    /** An event that waits alone is given up after this many answered probes for each attempt. */
    private static final int PROBES_PER_ATTEMPT = 6;

    private final int attempts;
    private final Duration probeInterval;
    private final boolean dryRun;
    private final Duration maxDelay;
    private final Clock clock;
    private final Clock timeOfDay;
    private final RedeliveryPolicy backOff = new RedeliveryPolicy();
    /** When Zoom last gave a verdict on any event: what shows that it answers others. */
    private volatile Instant lastVerdict = Instant.MIN;
    /** The groups whose updates have failed for the first time since: many of them show that it answers nobody. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final RecentVerdicts recent = new RecentVerdicts();
    /** The one line that has updates in hand, and how many probes were answered while it had. */
    private @Nullable String lone;

    private int loneProbes;

    /**
     * @param attempts how many must fail for an update to fail, if Zoom answers others between them
     * @param delay before the second attempt; doubled for each further one, give or take 15%
     * @param maxDelay the longest delay
     * @param probeInterval between two looks, in a pause, whether its cause is mended
     * @param dryRun whether nothing is to be sent
     * @param clock for what is only compared here, so that setting the system's clock changes nothing
     * @param timeOfDay for what is published
     */
    public RetryPolicy(
            int attempts,
            Duration delay,
            Duration maxDelay,
            Duration probeInterval,
            boolean dryRun,
            Clock clock,
            Clock timeOfDay) {
        this.attempts = attempts;
        this.probeInterval = probeInterval;
        this.dryRun = dryRun;
        this.maxDelay = maxDelay;
        this.clock = clock;
        this.timeOfDay = timeOfDay;
        backOff.setRedeliveryDelay(delay.toMillis());
        backOff.setMaximumRedeliveryDelay(maxDelay.toMillis());
        backOff.setUseExponentialBackOff(true);
        backOff.setBackOffMultiplier(2);
        backOff.setUseCollisionAvoidance(true);
        backOff.setCollisionAvoidancePercent(15);
    }

    /** What is to be done about the update, now that Zoom has answered so. */
    public NextStep next(@Variable("update") PendingUpdate update, @Body ZoomReply reply) {
        if (LOG.isDebugEnabled()) {
            update.members().forEach(member -> tell(member, update, reply));
        }
        var verdict = reply.verdict();
        var newTokenTried = update.newTokenTried();
        update.newTokenTried(verdict.consequence() == Verdict.Consequence.NEW_TOKEN);
        return switch (verdict.consequence()) {
            case DONE -> {
                answered(update);
                yield decided(update, Status.APPLIED, null, reply);
            }
            case EVENT_REFUSED -> {
                answered(update);
                yield update.isMerged()
                        ? new NextStep.Separate()
                        : decided(update, Status.REJECTED, verdict.reason().orElseThrow(), reply);
            }
            case NEW_TOKEN ->
                newTokenTried ? new NextStep.Pause(null, reply) : new NextStep.TryAgain(Duration.ZERO, reply);
            case TRY_AGAIN -> tryAgain(update, reply);
            case GROUP_WAITS -> new NextStep.GroupWaits(LOOK_AT_GROUP_LIMIT, reply);
            case PAUSE -> new NextStep.Pause(pause(reply), reply);
        };
    }

    private static void tell(PendingUpdate member, PendingUpdate update, ZoomReply reply) {
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

    private NextStep tryAgain(PendingUpdate update, ZoomReply reply) {
        if (reply.verdict() == Verdict.TOO_MANY_REQUESTS) {
            // It holds for the whole account, and is never an event's fault.
            return new NextStep.HoldBack(reply.retryAfter(), reply);
        }
        update.failed(clock.instant());
        if (isAtFault(update)) {
            update.countFault();
        }
        if (update.faults() >= attempts || isGivenUpAlone(update)) {
            return update.isMerged() ? new NextStep.Separate() : givenUp(update, reply);
        }
        if (update.isAnsweredMeanwhile(lastVerdict) || (isNew(update) && isFewFailing(update))) {
            return new NextStep.TryAgain(delay(update.attempts(), reply), reply);
        }
        return new NextStep.Pause(pause(reply), reply);
    }

    /** Whether Zoom answers others, and has answered nearly all of them at once, for as long as the update fails. */
    private boolean isAtFault(PendingUpdate update) {
        var first = update.firstFailure();
        return update.isAnsweredMeanwhile(lastVerdict)
                && recent.areAtOnce()
                && first != null
                && !clock.instant().isBefore(first.plus(probeInterval.multipliedBy(INTERVALS_BEFORE_FAULTS)));
    }

    private boolean isNew(PendingUpdate update) {
        return update.attempts() < attempts;
    }

    /** A group that failed before Zoom's last verdict is no sign that Zoom answers nobody. */
    private boolean isFewFailing(PendingUpdate update) {
        var first = update.firstFailure();
        if (first != null && !first.isBefore(lastVerdict)) {
            failing.add(update.event().line());
        }
        return failing.size() < GROUPS_PER_ATTEMPT * attempts;
    }

    private NextStep givenUp(PendingUpdate update, ZoomReply reply) {
        return reply.verdict()
                .reason()
                .map(reason -> decided(update, Status.REJECTED, reason, reply))
                .orElseGet(() -> decided(update, Status.FAILED, Reason.RETRIES_EXHAUSTED, reply));
    }

    private Duration delay(int tried, ZoomReply reply) {
        var delay = 0L;
        for (var attempt = 1; attempt <= Math.min(tried, attempts); attempt++) {
            delay = backOff.calculateRedeliveryDelay(delay, attempt);
        }
        var asked = reply.retryAfter();
        return asked == null ? Duration.ofMillis(delay) : atMost(maxDelay, asked, reply);
    }

    /**
     * How long Zoom wants no request at all.
     *
     * @return {@code null} if it does not say
     */
    public @Nullable Duration pause(ZoomReply reply) {
        var asked = reply.retryAfter();
        return asked == null ? null : atMost(probeInterval.multipliedBy(MOST_INTERVALS_ASKED_FOR), asked, reply);
    }

    /** A limit has its time. A failure may be over any moment: a day that is asked for then is not waited for. */
    private static Duration atMost(Duration longest, Duration asked, ZoomReply reply) {
        return reply.isOfLimit() || asked.compareTo(longest) < 0 ? asked : longest;
    }

    /**
     * How long until Zoom is to be asked again for the names of its groups.
     *
     * @param failures in a row, how often it did not tell them
     * @return empty if no repeat would help, or enough have failed: then nothing is to be sent until it tells them
     */
    public Optional<Duration> listAgain(int failures, ZoomReply reply) {
        return switch (reply.verdict().consequence()) {
            // The reply has made the next request take another token.
            case NEW_TOKEN -> failures == 1 ? Optional.of(Duration.ZERO) : Optional.empty();
            case TRY_AGAIN -> failures < attempts ? Optional.of(delay(failures, reply)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * Zoom answered a probe. That shows that it answers others, which may not be said of updates: so it speaks against an
     * update only if it happens again and again, and no other update is there to show it.
     *
     * @param lines that have updates in hand
     */
    public synchronized void probeAnswered(Set<String> lines) {
        var only = lines.size() == 1 ? lines.iterator().next() : null;
        loneProbes = only != null && only.equals(lone) ? loneProbes + 1 : 1;
        lone = only;
    }

    private synchronized boolean isGivenUpAlone(PendingUpdate update) {
        if (!update.event().line().equals(lone) || loneProbes < PROBES_PER_ATTEMPT * attempts) {
            return false;
        }
        // What stands behind it begins anew.
        lone = null;
        return true;
    }

    private synchronized void answered(PendingUpdate update) {
        recent.add(update.firstFailure() != null);
        lastVerdict = clock.instant();
        failing.clear();
        lone = null;
    }

    /** What is to be done about an update that Zoom need not be asked about; {@code null} if it is to be sent. */
    public @Nullable NextStep withoutZoom(PendingUpdate update) {
        if (update.isDecided()) {
            return new NextStep.Publish();
        }
        if (update.event() instanceof GroupUpdateEvent.Invalid invalid) {
            return decided(update, Status.REJECTED, invalid.reason(), invalid.message(), null);
        }
        return dryRun ? decided(update, Status.DRY_RUN, null, null, null) : null;
    }

    private NextStep decided(PendingUpdate update, Status status, @Nullable Reason reason, ZoomReply reply) {
        return decided(update, status, reason, reply.message(), reply);
    }

    private NextStep decided(
            PendingUpdate update,
            Status status,
            @Nullable Reason reason,
            @Nullable String message,
            @Nullable ZoomReply reply) {
        var members = update.members();
        var last = members.get(members.size() - 1);
        return new NextStep.Decided(members.stream()
                .map(member -> Outcome.of(
                        member,
                        status,
                        reason,
                        message,
                        reply == null ? null : reply.statusOfHttp(),
                        reply == null ? null : reply.zoomCode(),
                        reply == null ? null : reply.trackingId(),
                        member == last ? null : last.event().eventId(),
                        timeOfDay.instant()))
                .toList());
    }
}
