package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.delivery.NextStep.BackOff;
import groupsync.delivery.NextStep.Conclude;
import groupsync.delivery.NextStep.Pause;
import groupsync.delivery.NextStep.Retry;
import groupsync.event.Events;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.queue.PendingUpdate;
import groupsync.zoom.Consequence;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final int ATTEMPTS = 3;
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final RetryPolicy policy = policy(ATTEMPTS, MAX_DELAY);

    private RetryPolicy policy(int attempts, Duration maxDelay) {
        return new RetryPolicy(new RetryDelays(attempts, DELAY, maxDelay, PAUSE), attempts, PAUSE, clock);
    }

    // --- What is decided ---

    @Test
    void tellsThatAnUpdateWasApplied() {
        var update = tried(2);
        var reply = new ZoomReply(Verdict.APPLIED, 204, null, null, "rid", null);

        var step = policy.next(update, reply);

        assertThat(step).isEqualTo(new Conclude(Status.APPLIED, null));
    }

    @ParameterizedTest
    @CsvSource({
        "GROUP_NOT_FOUND, GROUP_NOT_FOUND",
        "NAME_TAKEN, NAME_TAKEN",
        "MISSING_NAME, MISSING_NAME",
        "REJECTED, REJECTED_BY_ZOOM"
    })
    void refusesAnEventThatZoomRefuses(Verdict verdict, Reason reason) {
        var update = tried(1);
        var reply = new ZoomReply(verdict, 404, 4130, "Group does not exist:g.", "rid", null);

        var step = policy.next(update, reply);

        assertThat(step).isEqualTo(new Conclude(Status.REJECTED, reason));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void neverBlamesAnEventForTheFirstAnswerUnlessTheAnswerDoes(Verdict verdict) {
        var update = tried(1);

        var step = policy.next(update, saying(verdict));

        assertThat(step instanceof Conclude conclusion && conclusion.reason() != null)
                .isEqualTo(verdict.consequence() == Consequence.EVENT_REFUSED);
    }

    // --- When it is tried again ---

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NOT_UNDERSTOOD"})
    void triesAgainAfterADelay(Verdict verdict) {
        var update = tried(1);

        var step = policy.next(update, saying(verdict));

        assertThat(((Retry) step).delay()).isBetween(Duration.ofMillis(850), Duration.ofMillis(1_150));
    }

    @Test
    void waitsLongerBeforeEachFurtherAttempt() {
        var patient = policy(100, Duration.ofHours(1));

        var first = delay(patient, 1);
        var second = delay(patient, 2);
        var fifth = delay(patient, 5);

        assertThat(first).isBetween(Duration.ofMillis(850), Duration.ofMillis(1_150));
        // Each is twice the one before, give or take 15%.
        assertThat(second).isBetween(Duration.ofMillis(1_440), Duration.ofMillis(2_650));
        assertThat(fifth).isBetween(Duration.ofMillis(7_000), Duration.ofMillis(32_300));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 99})
    void neverWaitsLongerThanTheLongestDelay(int attempt) {
        var patient = policy(100, MAX_DELAY);

        var delay = delay(patient, attempt);

        assertThat(delay).isEqualTo(MAX_DELAY);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, PT0.001S", "PT7S, PT7S", "PT9S, PT8S", "PT24H, PT8S"})
    void takesZoomsWordForWhenToTryAgainUpToTheLongestDelay(Duration asked, Duration wait) {
        var update = tried(1);

        var step = policy.next(update, new ZoomReply(Verdict.UNAVAILABLE, 503, null, "busy", null, asked));

        assertThat(((Retry) step).delay()).isEqualTo(wait);
    }

    // --- When it fails, and when everything pauses instead ---

    @Test
    void failsAnUpdateThatZoomFailsAtWhileItAnswersOthers() {
        var update = failingForLong(17);
        failsWhileOthersAreAnswered(update, Verdict.APPLIED);
        failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        var step = failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        assertThat(step).isEqualTo(new Conclude(Status.FAILED, Reason.RETRIES_EXHAUSTED));
    }

    // --- What was merged ---

    @Test
    void separatesThoseThatWereMergedWhenZoomRefusesThem() {
        var update = update(17);
        update.merge(List.of(update(18)));
        update.attempted(clock.instant());

        var step = policy.next(update, saying(Verdict.NAME_TAKEN));

        assertThat(step).isInstanceOf(NextStep.Separate.class);
    }

    @Test
    void separatesThoseThatWereMergedWhenZoomFailsAtThemOnly() {
        var update = update(17);
        update.merge(List.of(update(18)));
        failsForLong(update);
        failsWhileOthersAreAnswered(update, Verdict.APPLIED);
        failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        var step = failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        assertThat(step).isInstanceOf(NextStep.Separate.class);
    }

    @Test
    void thoseThatWereSeparatedAreTriedAsOftenAsAnyOther() {
        var update = update(17);
        update.merge(List.of(update(18)));
        failsForLong(update);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            failsWhileOthersAreAnswered(update, Verdict.APPLIED);
        }
        update.separate();

        assertThat(failsWhileOthersAreAnswered(update, Verdict.APPLIED)).isInstanceOf(Retry.class);
        assertThat(failsWhileOthersAreAnswered(update, Verdict.APPLIED)).isInstanceOf(Retry.class);
        assertThat(failsWhileOthersAreAnswered(update, Verdict.APPLIED)).isInstanceOf(Conclude.class);
    }

    @Test
    void failsNoUpdateBeforeItsLastAttempt() {
        var update = failingForLong(17);
        var first = failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        var second = failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        assertThat(List.of(first, second)).hasOnlyElementsOfType(Retry.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLIED", "GROUP_NOT_FOUND", "NAME_TAKEN", "MISSING_NAME", "REJECTED"})
    void takesAnyVerdictOnAnotherEventForAnAnswer(Verdict verdict) {
        var update = failingForLong(17);
        failsWhileOthersAreAnswered(update, verdict);
        failsWhileOthersAreAnswered(update, verdict);

        var step = failsWhileOthersAreAnswered(update, verdict);

        assertThat(((Conclude) step).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void countsNoFailureDuringAnOutage() {
        var update = update(17);
        for (var attempt = 0; attempt < 10 * ATTEMPTS; attempt++) {
            update.attempted(clock.instant());
            goesOn(PAUSE);
            policy.next(update, saying(Verdict.UNAVAILABLE));
        }

        var steps = new ArrayList<NextStep>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            steps.add(failsWhileOthersAreAnswered(update, Verdict.APPLIED));
        }

        assertThat(steps.subList(0, ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(steps.get(ATTEMPTS - 1)).isInstanceOf(Conclude.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_REQUESTS", "TOKEN_REFUSED", "DAILY_LIMIT_SPENT", "SCOPE_MISSING"})
    void countsNothingThatIsNoFaultOfTheEvent(Verdict verdict) {
        var update = update(17);
        for (var attempt = 0; attempt < 10 * ATTEMPTS; attempt++) {
            answersWhileOthersAreAnswered(update, verdict, Verdict.APPLIED);
        }

        var step = failsWhileOthersAreAnswered(update, Verdict.APPLIED);

        assertThat(step).isInstanceOf(Retry.class);
    }

    @Test
    void countsNoFailureInTheFirstProbeIntervals() {
        var update = update(17);
        var steps = new ArrayList<NextStep>();

        for (var second = 0; second < 30; second++) {
            steps.add(failsWhileOthersAreAnswered(update, Verdict.APPLIED));
        }

        assertThat(steps).hasOnlyElementsOfType(Retry.class);
    }

    @Test
    void countsNoFailureInABrownOutAndCountsThemAfterIt() {
        var update = failingForLong(17);
        isAppliedAfterAFailure();
        isAppliedAfterAFailure();
        var steps = new ArrayList<NextStep>();
        for (var other = 0; other < 100; other++) {
            isAppliedAfterAFailure();
            steps.add(failsWhileOthersAreAnswered(update, Verdict.APPLIED));
        }
        // Of the last 20 verdicts, 10 came after a failure; after 16 more at the first attempt it is 2.
        for (var other = 0; other < 16; other++) {
            policy.next(tried(18, 1), saying(Verdict.APPLIED));
        }

        var counted = new ArrayList<NextStep>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            counted.add(failsWhileOthersAreAnswered(update, Verdict.APPLIED));
        }

        assertThat(steps).hasOnlyElementsOfType(Retry.class);
        assertThat(counted.subList(0, ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(counted.get(ATTEMPTS - 1)).isInstanceOf(Conclude.class);
    }

    @Test
    void givesAnUpdateUpThatWaitsAloneAfterManyAnsweredProbes() {
        var update = tried(ATTEMPTS);
        var steps = new ArrayList<NextStep>();

        for (var probe = 0; probe < 6 * ATTEMPTS; probe++) {
            policy.probeAnswered(Set.of("g"));
            update.attempted(clock.instant());
            steps.add(policy.next(update, saying(Verdict.UNAVAILABLE)));
        }

        assertThat(steps.subList(0, 6 * ATTEMPTS - 1)).hasOnlyElementsOfType(Pause.class);
        assertThat(((Conclude) steps.get(6 * ATTEMPTS - 1)).status()).isEqualTo(Status.FAILED);
        policy.probeAnswered(Set.of("g"));
        assertThat(policy.next(tried(19, ATTEMPTS), saying(Verdict.UNAVAILABLE)))
                .isInstanceOf(Pause.class);
    }

    @Test
    void givesNoUpdateUpForProbesWhileOthersFailToo() {
        var update = tried(ATTEMPTS);
        var steps = new ArrayList<NextStep>();

        for (var probe = 0; probe < 600; probe++) {
            policy.probeAnswered(Set.of("g", "another"));
            update.attempted(clock.instant());
            goesOn(PAUSE);
            steps.add(policy.next(update, saying(Verdict.UNAVAILABLE)));
        }

        assertThat(steps).hasOnlyElementsOfType(Pause.class);
    }

    /** Otherwise ten of them would stop all others again and again. */
    @Test
    void groupsThatFailedBeforeAnAnswerAreNoSignOfAnOutage() {
        var failing = new ArrayList<PendingUpdate>();
        for (var group = 0; group < 10 * ATTEMPTS; group++) {
            var update = Events.update("group-" + group).pendingAt(3, group);
            update.attempted(clock.instant());
            policy.next(update, saying(Verdict.NOT_UNDERSTOOD));
            failing.add(update);
        }
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(Verdict.APPLIED));

        var steps = new ArrayList<NextStep>();
        for (var update : failing) {
            goesOn(Duration.ofSeconds(1));
            update.attempted(clock.instant());
            steps.add(policy.next(update, saying(Verdict.NOT_UNDERSTOOD)));
        }

        assertThat(steps).hasOnlyElementsOfType(Retry.class);
    }

    /** A verdict that seemed to lie ahead would let each failure of an outage count. */
    @ParameterizedTest
    @ValueSource(strings = {"PT-10M", "PT10M"})
    void aClockThatIsSetMakesNoDeadLetterInAnOutage(Duration step) {
        policy.next(tried(18, 1), saying(Verdict.APPLIED));
        goesOn(Duration.ofSeconds(1));
        timeOfDay.goesOn(step);
        var update = update(17);
        var steps = new ArrayList<NextStep>();

        for (var attempt = 0; attempt < 10 * ATTEMPTS; attempt++) {
            update.attempted(clock.instant());
            goesOn(PAUSE);
            steps.add(policy.next(update, saying(Verdict.UNAVAILABLE)));
        }

        assertThat(steps.subList(0, ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(steps.subList(ATTEMPTS - 1, 10 * ATTEMPTS)).hasOnlyElementsOfType(Pause.class);
    }

    @Test
    void pausesWhileZoomAnswersNobody() {
        var update = tried(ATTEMPTS);

        var step = policy.next(update, saying(Verdict.UNAVAILABLE));

        assertThat(((Pause) step).delay()).isNull();
    }

    @Test
    void pausesAtOnceWhenManyGroupsFailAndNobodyIsAnswered() {
        var steps = new ArrayList<NextStep>();

        for (var group = 0; group < 2 * ATTEMPTS; group++) {
            var update = Events.update("group-" + group).pendingAt(3, group);
            update.attempted(clock.instant());
            steps.add(policy.next(update, saying(Verdict.UNAVAILABLE)));
        }

        assertThat(steps.subList(0, 2 * ATTEMPTS - 1)).hasOnlyElementsOfType(Retry.class);
        assertThat(steps.get(2 * ATTEMPTS - 1)).isInstanceOf(Pause.class);
    }

    @Test
    void pausesWhereZoomAnsweredOthersOnlyBeforeTheFirstAttempt() {
        policy.next(tried(18, 1), saying(Verdict.APPLIED));
        goesOn(Duration.ofSeconds(1));
        var update = tried(ATTEMPTS);
        goesOn(Duration.ofMinutes(10));

        var step = policy.next(update, saying(Verdict.UNAVAILABLE));

        assertThat(step).isInstanceOf(Pause.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"FOUND", "APPLIED", "GROUP_NOT_FOUND", "NAME_TAKEN", "MISSING_NAME", "REJECTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void takesNoOtherAnswerForAVerdictOnAnEvent(Verdict verdict) {
        var update = update(17);
        failsWhileOthersAreAnswered(update, verdict);
        failsWhileOthersAreAnswered(update, verdict);

        var step = failsWhileOthersAreAnswered(update, verdict);

        assertThat(step).isInstanceOf(Pause.class);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 503, PT59S, PT59S",
        "UNAVAILABLE, 503, PT24H, PT1M",
        "TOKEN_UNAVAILABLE, 503, PT24H, PT1M",
        "TOKEN_UNAVAILABLE, 429, PT24H, PT24H",
        "DAILY_LIMIT_SPENT, 429, PT24H, PT24H"
    })
    void pausesAsLongAsZoomAsksForAndForSixProbeIntervalsAtTheMostIfItFails(
            Verdict verdict, int status, Duration asked, Duration wait) {
        var update = tried(ATTEMPTS);

        var step = policy.next(update, new ZoomReply(verdict, status, null, "busy", null, asked));

        assertThat(((Pause) step).delay()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DAILY_LIMIT_SPENT | next day",
                "CREDENTIALS_REFUSED | zoom.client-secret",
                "SCOPE_MISSING | imgroup:write:admin",
                "APP_DEACTIVATED | activate the app",
                "ACCOUNT_REFUSED | zoom.account-id",
                "ADDRESS_REFUSED | allow list",
                "LIST_SCOPE_MISSING | imgroup:read:admin",
                "ENCODING_REFUSED | zoom.request-format",
                "ACCOUNT_NOT_ENTITLED | paid plan",
                "API_GONE | newer groups API"
            })
    void pausesWhereNoEventIsAtFaultAndSaysWhatToDo(Verdict verdict, String remedy) {
        var update = tried(99);
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(Verdict.APPLIED));

        var step = policy.next(update, new ZoomReply(verdict, 400, 1, "no", "rid", null));

        assertThat(step).isEqualTo(new Pause(null));
        assertThat(verdict.remedy()).contains(remedy);
    }

    @Test
    void pausesUntilTheDailyLimitIsOver() {
        var update = tried(1);
        var untilMidnight = Duration.ofHours(19);

        var step = policy.next(update, new ZoomReply(Verdict.DAILY_LIMIT_SPENT, 429, 429, "no", null, untilMidnight));

        assertThat(((Pause) step).delay()).isEqualTo(untilMidnight);
    }

    @Test
    void refusesAnEventThatZoomRefusesForAnUnknownReasonWhileItAppliesOthers() {
        var update = failingForLong(17);
        var first = answersWhileOthersAreAnswered(update, Verdict.REFUSAL_UNKNOWN, Verdict.APPLIED);
        var second = answersWhileOthersAreAnswered(update, Verdict.REFUSAL_UNKNOWN, Verdict.APPLIED);

        var third = answersWhileOthersAreAnswered(update, Verdict.REFUSAL_UNKNOWN, Verdict.APPLIED);

        assertThat(List.of(first, second)).hasOnlyElementsOfType(Retry.class);
        assertThat(third).isEqualTo(new Conclude(Status.REJECTED, Reason.REJECTED_BY_ZOOM));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void looksHourlyAtAGroupThatHasHadItsUpdatesOfTheDay(int attempts) {
        var update = tried(attempts);
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(Verdict.APPLIED));
        var reply = saying(Verdict.GROUP_LIMIT_SPENT);

        var step = policy.next(update, reply);

        assertThat(step).isEqualTo(new NextStep.WaitForGroup(Duration.ofHours(1)));
    }

    // --- Too many requests ---

    @ParameterizedTest
    @ValueSource(ints = {1, ATTEMPTS - 1, ATTEMPTS, ATTEMPTS + 1, 1_000})
    void alwaysHoldsBackAtTooManyRequestsAndNeverFailsAnEvent(int attempts) {
        var update = tried(attempts);
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(Verdict.APPLIED));

        var step = policy.next(update, saying(Verdict.TOO_MANY_REQUESTS));

        assertThat(step).isInstanceOf(BackOff.class);
    }

    @Test
    void holdsBackAsLongAsZoomAsksFor() {
        var update = tried(1);
        var wait = Duration.ofHours(2);

        var step = policy.next(update, new ZoomReply(Verdict.TOO_MANY_REQUESTS, 429, 429, "slow", null, wait));

        assertThat(((BackOff) step).delay()).isEqualTo(wait);
    }

    // --- Refused tokens ---

    @Test
    void triesAtOnceWithAnotherToken() {
        var update = tried(1);

        var step = policy.next(update, saying(Verdict.TOKEN_REFUSED));

        assertThat(((Retry) step).delay()).isZero();
    }

    @Test
    void pausesWhenTheOtherTokenIsRefusedToo() {
        var update = tried(1);
        policy.next(update, saying(Verdict.TOKEN_REFUSED));
        update.attempted(clock.instant());

        var step = policy.next(update, saying(Verdict.TOKEN_REFUSED));

        assertThat(step).isEqualTo(new Pause(null));
    }

    @Test
    void pausesAgainWhenTheTokenAfterAPauseIsRefused() {
        var update = tried(1);
        policy.next(update, saying(Verdict.TOKEN_REFUSED));
        policy.next(update, saying(Verdict.TOKEN_REFUSED));
        goesOn(PAUSE);

        var step = policy.next(update, saying(Verdict.TOKEN_REFUSED));

        assertThat(step).isInstanceOf(Pause.class);
    }

    @Test
    void takesATokenAnewOnceOneWasGoodForAnotherAnswer() {
        var update = tried(1);
        policy.next(update, saying(Verdict.TOKEN_REFUSED));
        policy.next(update, saying(Verdict.UNAVAILABLE));

        var step = policy.next(update, saying(Verdict.TOKEN_REFUSED));

        assertThat(((Retry) step).delay()).isZero();
    }

    @Test
    void neverFailsAnEventForATokenHoweverOftenItWasTried() {
        var update = tried(99);
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(Verdict.APPLIED));

        var step = policy.next(update, saying(Verdict.TOKEN_REFUSED));

        assertThat(((Retry) step).delay()).isZero();
    }

    private void isAppliedAfterAFailure() {
        var other = tried(18, 1);
        policy.next(other, saying(Verdict.UNAVAILABLE));
        policy.next(other, saying(Verdict.APPLIED));
    }

    private void goesOn(Duration time) {
        clock.goesOn(time);
        timeOfDay.goesOn(time);
    }

    /** An update that fails since so long ago that its failures count from now on. */
    private PendingUpdate failingForLong(long offset) {
        var update = update(offset);
        failsForLong(update);
        return update;
    }

    private void failsForLong(PendingUpdate update) {
        update.attempted(clock.instant());
        goesOn(Duration.ofSeconds(1));
        policy.next(update, saying(Verdict.UNAVAILABLE));
        goesOn(PAUSE.multipliedBy(6));
    }

    /** The update is sent, another event gets an answer, and then the update gets none. */
    private NextStep failsWhileOthersAreAnswered(PendingUpdate update, Verdict others) {
        return answersWhileOthersAreAnswered(update, Verdict.UNAVAILABLE, others);
    }

    private NextStep answersWhileOthersAreAnswered(PendingUpdate update, Verdict verdict, Verdict others) {
        update.attempted(clock.instant());
        goesOn(Duration.ofSeconds(1));
        policy.next(tried(18, 1), saying(others));
        goesOn(Duration.ofSeconds(1));
        return policy.next(update, saying(verdict));
    }

    private Duration delay(RetryPolicy patient, int attempts) {
        var step = patient.next(tried(attempts), saying(Verdict.UNAVAILABLE));
        return ((Retry) step).delay();
    }

    private static ZoomReply saying(Verdict verdict) {
        return new ZoomReply(verdict, 500, null, "so it is", "rid", null);
    }

    private PendingUpdate tried(int attempts) {
        return tried(17, attempts);
    }

    private PendingUpdate tried(long offset, int attempts) {
        var update = update(offset);
        for (var attempt = 0; attempt < attempts; attempt++) {
            update.attempted(clock.instant());
        }
        return update;
    }

    private static PendingUpdate update(long offset) {
        return Events.update("g").pendingAt(3, offset);
    }
}
