package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.delivery.NextStep.Conclude;
import groupsync.delivery.NextStep.Pause;
import groupsync.delivery.NextStep.Retry;
import groupsync.delivery.NextStep.Separate;
import groupsync.event.Events;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps of the policy after failures: an update fails only if Zoom gives verdicts on other updates. */
class FaultRuleTest extends RetryPolicyFixture {

    // --- The update is at fault ---

    @ParameterizedTest
    @EnumSource(names = {"APPLIED", "GROUP_NOT_FOUND", "NAME_TAKEN", "MISSING_NAME", "REJECTED"})
    void failsAnUpdateAtItsLastAttemptWhileOthersGetAnyVerdict(Verdict others) {
        var steps = replies(failingForLong(), Verdict.UNAVAILABLE, others, ATTEMPTS);

        assertThat(steps).hasExactlyElementsOfTypes(Retry.class, Retry.class, Conclude.class);
        assertThat(steps).endsWith(new Conclude(Status.FAILED, Reason.RETRIES_EXHAUSTED));
    }

    @Test
    void separatesMergedUpdatesAndThenTriesEachAsOftenAsAnyOther() {
        var update = update(17);
        update.merge(List.of(update(18)));
        failForLong(update);

        var merged = failures(update, ATTEMPTS);
        update.separate();
        var alone = failures(update, ATTEMPTS);

        assertThat(merged).hasExactlyElementsOfTypes(Retry.class, Retry.class, Separate.class);
        assertThat(alone).hasExactlyElementsOfTypes(Retry.class, Retry.class, Conclude.class);
    }

    @Test
    void failsTheOnlyPendingUpdateAfterManyAnsweredProbes() {
        var update = tried(ATTEMPTS);

        var steps = failuresAfterProbes(update, Set.of("g"), 6 * ATTEMPTS);
        var behind = failuresAfterProbes(tried(ATTEMPTS), Set.of("g"), 1);

        assertThat(steps.subList(0, steps.size() - 1)).hasOnlyElementsOfType(Pause.class);
        assertThat(steps).endsWith(new Conclude(Status.FAILED, Reason.RETRIES_EXHAUSTED));
        assertThat(behind).hasOnlyElementsOfType(Pause.class);
    }

    // --- Zoom is at fault ---

    @Test
    void noAnsweredProbeCountsWhileUpdatesOfOtherGroupsArePending() {
        var steps = failuresAfterProbes(tried(ATTEMPTS), Set.of("g", "another"), 600);

        assertThat(steps).hasOnlyElementsOfType(Pause.class);
    }

    @Test
    void noFailureOfAnOutageCounts() {
        var update = update(17);
        for (var attempt = 0; attempt < 10 * ATTEMPTS; attempt++) {
            update.attempted(clock.instant());
            clock.advance(PROBE_INTERVAL);
            policy.next(update, saying(Verdict.UNAVAILABLE));
        }

        assertThat(failures(update, ATTEMPTS)).hasExactlyElementsOfTypes(Retry.class, Retry.class, Conclude.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_REQUESTS", "TOKEN_REFUSED", "DAILY_LIMIT_SPENT", "SCOPE_MISSING"})
    void noReplyThatConcernsAllUpdatesCounts(Verdict verdict) {
        var update = update(17);
        replies(update, verdict, Verdict.APPLIED, 10 * ATTEMPTS);

        assertThat(failures(update, 1)).hasOnlyElementsOfType(Retry.class);
    }

    @Test
    void noFailureOfTheFirstProbeIntervalsCounts() {
        assertThat(failures(update(17), 30)).hasOnlyElementsOfType(Retry.class);
    }

    @Test
    void failuresCountAfterABrownOutAndNotDuringIt() {
        var update = failingForLong();
        isAppliedAfterAFailure();
        isAppliedAfterAFailure();

        var during = Stream.generate(() -> {
                    isAppliedAfterAFailure();
                    return failures(update, 1).get(0);
                })
                .limit(100)
                .toList();
        // Of the last 20 verdicts, 10 came after a failure; after 16 more at the first attempt it is 2.
        for (var other = 0; other < 16; other++) {
            attempt(update(18), Verdict.APPLIED);
        }
        var after = failures(update, ATTEMPTS);

        assertThat(during).hasOnlyElementsOfType(Retry.class);
        assertThat(after).hasExactlyElementsOfTypes(Retry.class, Retry.class, Conclude.class);
    }

    // --- Whether the other groups wait ---

    @Test
    void pausesAtTheLastAttemptIfNoOtherUpdateGetsAVerdict() {
        assertThat(policy.next(tried(ATTEMPTS), saying(Verdict.UNAVAILABLE))).isEqualTo(new Pause(null));
    }

    @Test
    void pausesAtTheLastAttemptIfZoomGaveItsLastVerdictBeforeTheFirst() {
        anotherGets(Verdict.APPLIED);
        clock.advance(Duration.ofSeconds(1));
        var update = update(17);

        var steps = Stream.generate(() -> {
                    update.attempted(clock.instant());
                    clock.advance(Duration.ofMinutes(10));
                    return policy.next(update, saying(Verdict.UNAVAILABLE));
                })
                .limit(10 * ATTEMPTS)
                .toList();

        assertThat(steps.subList(0, ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(steps.subList(ATTEMPTS - 1, steps.size())).hasOnlyElementsOfType(Pause.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"FOUND", "PAGE_LISTED", "APPLIED", "GROUP_NOT_FOUND", "NAME_TAKEN", "MISSING_NAME", "REJECTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void takesNoOtherReplyForAVerdict(Verdict others) {
        var steps = replies(failingForLong(), Verdict.UNAVAILABLE, others, ATTEMPTS);

        assertThat(steps.get(ATTEMPTS - 1)).isInstanceOf(Pause.class);
    }

    @Test
    void pausesAtOnceIfManyGroupsFailAndNoneGetsAVerdict() {
        var steps = groups(2 * ATTEMPTS).stream()
                .map(update -> attempt(update, Verdict.UNAVAILABLE))
                .toList();

        assertThat(steps.subList(0, 2 * ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(steps.get(2 * ATTEMPTS - 1)).isInstanceOf(Pause.class);
    }

    /** Otherwise ten of them would stop all others again and again. */
    @Test
    void groupsThatFailedBeforeTheLastVerdictAreNoSignOfAnOutage() {
        var failing = groups(10 * ATTEMPTS);
        failing.forEach(update -> attempt(update, Verdict.NOT_UNDERSTOOD));
        anotherGets(Verdict.APPLIED);

        var steps = failing.stream()
                .map(update -> {
                    clock.advance(Duration.ofSeconds(1));
                    return attempt(update, Verdict.NOT_UNDERSTOOD);
                })
                .toList();

        assertThat(steps).hasOnlyElementsOfType(Retry.class);
    }

    private static List<PendingUpdate> groups(int count) {
        return IntStream.range(0, count)
                .mapToObj(group -> Events.update("group-" + group).pendingAt(3, group))
                .toList();
    }

    private void isAppliedAfterAFailure() {
        var other = update(18);
        attempt(other, Verdict.UNAVAILABLE);
        policy.next(other, saying(Verdict.APPLIED));
    }

    /** An update whose first failure is so long ago that its failures count from now on. */
    private PendingUpdate failingForLong() {
        var update = update(17);
        failForLong(update);
        return update;
    }

    private void failForLong(PendingUpdate update) {
        attempt(update, Verdict.UNAVAILABLE);
        clock.advance(PROBE_INTERVAL.multipliedBy(6));
    }

    private List<NextStep> failures(PendingUpdate update, int count) {
        return replies(update, Verdict.UNAVAILABLE, Verdict.APPLIED, count);
    }

    /** The steps after requests for the update, during each of which another update gets a reply. */
    private List<NextStep> replies(PendingUpdate update, Verdict verdict, Verdict others, int count) {
        return Stream.generate(() -> {
                    update.attempted(clock.instant());
                    anotherGets(others);
                    clock.advance(Duration.ofSeconds(1));
                    return policy.next(update, saying(verdict));
                })
                .limit(count)
                .toList();
    }

    private List<NextStep> failuresAfterProbes(PendingUpdate update, Set<String> queues, int count) {
        return Stream.generate(() -> {
                    policy.probeAnswered(queues);
                    clock.advance(PROBE_INTERVAL);
                    return attempt(update, Verdict.UNAVAILABLE);
                })
                .limit(count)
                .toList();
    }
}
