package groupsync.delivery;

import static groupsync.delivery.RetryPolicyFixture.saying;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.Scrape;
import groupsync.TestClock;
import groupsync.observe.Metrics;
import groupsync.zoom.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitBreakerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int ALL = Integer.MAX_VALUE;

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final AtomicInteger concurrency = new AtomicInteger(ALL);
    private final AtomicBoolean pending = new AtomicBoolean();
    private final AtomicBoolean budgetLeft = new AtomicBoolean();
    private final Metrics metrics = new Metrics(clock);
    private final CircuitBreaker breaker = new CircuitBreaker(
            INTERVAL,
            concurrency::set,
            pending::get,
            budgetLeft::get,
            metrics.pauses(),
            Verdict::remedy,
            clock,
            timeOfDay);

    @Test
    void sendsNothingInAPauseAndShowsItsCause() {
        pause(Verdict.UNAVAILABLE);

        assertThat(concurrency).hasValue(0);
        assertThat(shown().part()).isEqualTo("zoom");
        assertThat(shown().cause()).contains("UNAVAILABLE http=500 message=\"so it is\"");
        assertThat(shown().since()).isEqualTo(clock.instant());
        assertThat(shown().nextProbe()).isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void countsAPauseOnceForManyRepliesOfTheSameCause() {
        pause(Verdict.UNAVAILABLE);
        pass(Duration.ofSeconds(5));
        pause(Verdict.UNAVAILABLE);
        pass(Duration.ofSeconds(2));
        pause(Verdict.CREDENTIALS_REFUSED);
        pass(Duration.ofSeconds(4));

        assertThat(metric("pauses_total", "cause=unavailable")).isEqualTo(1);
        assertThat(metric("pause_seconds_total", "cause=unavailable")).isEqualTo(7);
        assertThat(metric("pause_seconds_total", "cause=credentials_refused")).isEqualTo(4);
        assertThat(metric("paused", "cause=credentials_refused")).isEqualTo(1);
        assertThat(metric("paused")).isEqualTo(1);
    }

    @Test
    void aLateSuccessEndsNoPause() {
        pause(Verdict.UNAVAILABLE);

        breaker.published(true);

        assertThat(concurrency).hasValue(0);
    }

    @Test
    void probesOnceAnIntervalHoweverManyUpdatesFailMeanwhile() {
        var probes = 0;

        for (var tenth = 0; tenth < 300; tenth++) {
            pause(Verdict.UNAVAILABLE);
            probes += isProbeDueAfter(Duration.ofMillis(100)) ? 1 : 0;
        }

        assertThat(probes).isEqualTo(3);
        assertThat(shown().since()).isEqualTo(clock.instant().minusSeconds(30));
        assertThat(concurrency).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-10H", "PT10H"})
    void aClockThatIsSetMovesNoProbe(Duration step) {
        pause(Verdict.UNAVAILABLE);
        timeOfDay.advance(step);

        var early = isProbeDueAfter(INTERVAL.minusMillis(1));
        var nextProbe = shown().nextProbe();
        var due = isProbeDueAfter(Duration.ofMillis(1));

        assertThat(early).isFalse();
        assertThat(nextProbe).isEqualTo(timeOfDay.instant());
        assertThat(due).isTrue();
    }

    @Test
    void sendsNoProbeBeforeTheTimeThatZoomNames() {
        var midnight = timeOfDay.instant().plus(Duration.ofHours(19));
        breaker.pause(Duration.ofHours(19), saying(Verdict.DAILY_LIMIT_SPENT));

        isProbeDueAfter(Duration.ofHours(19).minusMillis(1));

        assertThat(concurrency).hasValue(0);
        assertThat(shown().nextProbe()).isEqualTo(midnight);
    }

    /** A GET has another reply than a PATCH: the update is the probe. */
    @ParameterizedTest
    @EnumSource(names = {"SCOPE_MISSING", "ENCODING_REFUSED", "DAILY_LIMIT_SPENT"})
    void sendsAnUpdateInsteadOfAProbeThatWouldShowNothing(Verdict verdict) {
        pause(verdict);

        assertThat(isProbeDueAfter(INTERVAL)).isFalse();
        assertThat(concurrency).hasValue(1);
    }

    @Test
    void asksNothingOfZoomWhileTheBudgetOfTheDayIsSpent() {
        pending.set(true);
        spend();

        for (var probe = 0; probe < 100; probe++) {
            assertThat(isProbeDueAfter(Duration.ofSeconds(30))).isFalse();
        }

        assertThat(concurrency).hasValue(0);
        assertThat(shown().cause()).startsWith("DAILY_BUDGET_SPENT");
        assertThat(shown().remedy()).contains("zoom.requests-per-day");
        assertThat(shown().nextProbe()).isEqualTo("2026-11-24T00:00:00Z");
    }

    /** By a partition that was assigned, or by the clock, which may be set. */
    @Test
    void sendsAnUpdateAsSoonAsSomethingOfTheBudgetIsLeft() {
        pending.set(true);
        spend();
        budgetLeft.set(true);

        assertThat(isProbeDueAfter(Duration.ofMillis(100))).isFalse();

        assertThat(concurrency).hasValue(1);
        breaker.published(true);
        assertThat(concurrency).hasValue(ALL);
        assertThat(breaker.pause()).isEmpty();
    }

    @Test
    void staysPausedIfTheUpdateFindsTheBudgetSpentAfterAll() {
        pending.set(true);
        spend();
        budgetLeft.set(true);
        isProbeDueAfter(Duration.ofMillis(100));
        budgetLeft.set(false);
        spend();

        isProbeDueAfter(INTERVAL);

        assertThat(concurrency).hasValue(0);
        assertThat(metric("pauses_total")).isEqualTo(1);
    }

    /** Otherwise a failure of a moment would last until midnight. */
    @Test
    void anotherCauseDuringAPauseForTheBudgetIsProbedAfterAnInterval() {
        pending.set(true);
        spend();
        breaker.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        isProbeDueAfter(INTERVAL.minusMillis(1));
        assertThat(concurrency).hasValue(0);
        isProbeDueAfter(Duration.ofMillis(1));

        assertThat(concurrency).hasValue(1);
    }

    /** Otherwise a refused update would be sent again ten times a second. */
    @Test
    void backsOffAlsoAfterAPauseForTheBudget() {
        pending.set(true);
        spend();
        budgetLeft.set(true);
        isProbeDueAfter(Duration.ofMillis(100));
        backOff();

        isProbeDueAfter(Duration.ofMillis(900));
        assertThat(concurrency).hasValue(0);
        isProbeDueAfter(Duration.ofMillis(400));

        assertThat(concurrency).hasValue(1);
    }

    @Test
    void sendsOneUpdateAfterAProbeAndAllAfterAVerdictOnThatUpdate() {
        halfOpen();

        breaker.published(false);
        assertThat(concurrency).hasValue(1);
        assertThat(breaker.pause()).isPresent();

        breaker.published(true);
        assertThat(concurrency).hasValue(ALL);
        assertThat(breaker.pause()).isEmpty();
    }

    @Test
    void opensAgainWhenTheUpdateFails() {
        halfOpen();

        breaker.failed(saying(Verdict.UNAVAILABLE));

        assertThat(concurrency).hasValue(0);
        assertThat(shown().nextProbe()).isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void closesWhenTheReplyConcernsOneGroupOnly() {
        halfOpen();

        breaker.closeIfHalfOpen();

        assertThat(concurrency).hasValue(ALL);
    }

    @Test
    void backsOffAndThenSendsOneUpdateAndBacksOffLongerIfThatIsRefusedToo() {
        backOff();
        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause()).isEmpty();
        assertThat(isProbeDueAfter(Duration.ofMillis(1_300))).isFalse();
        assertThat(concurrency).hasValue(1);

        backOff();
        isProbeDueAfter(Duration.ofMillis(1_900));
        assertThat(concurrency).hasValue(0);
        isProbeDueAfter(Duration.ofMillis(700));
        assertThat(concurrency).hasValue(1);

        breaker.published(true);
        assertThat(concurrency).hasValue(ALL);
    }

    /** Otherwise many refusals would cause a back-off long after Zoom is well again. */
    @Test
    void backsOffForLittleMoreThanAProbeInterval() {
        for (var i = 0; i < 20; i++) {
            backOff();
            isProbeDueAfter(INTERVAL.multipliedBy(13).dividedBy(10));
            assertThat(concurrency).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"6999, 0", "7000, 1"})
    void backsOffUntilTheTimeThatZoomNames(long millis, int updates) {
        breaker.backOff(Duration.ofSeconds(7), saying(Verdict.TOO_MANY_REQUESTS));

        isProbeDueAfter(Duration.ofMillis(millis));

        assertThat(concurrency).hasValue(updates);
    }

    @Test
    void aBackOffOfHoursIsAPause() {
        breaker.backOff(Duration.ofHours(2), saying(Verdict.TOO_MANY_REQUESTS));

        assertThat(shown().nextProbe()).isEqualTo(clock.instant().plus(Duration.ofHours(2)));
    }

    @Test
    void allowsTheListOnlyWhileItIsClosedAndNamesAreWanted() {
        assertThat(breaker.mayList(true)).isTrue();
        assertThat(breaker.mayList(false)).isFalse();
        backOff();
        assertThat(breaker.mayList(true)).isFalse();
        pause(Verdict.UNAVAILABLE);
        pass(INTERVAL);
        assertThat(breaker.mayList(true)).isFalse();
        breaker.probeSucceeded();
        assertThat(breaker.mayList(true)).isFalse();
    }

    @Test
    void sendsAnUpdateIfTheNamesAreNoLongerWanted() {
        breaker.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
        pass(INTERVAL);

        assertThat(breaker.mayList(false)).isFalse();
        isProbeDueAfter(Duration.ZERO);
        assertThat(concurrency).hasValue(1);
    }

    @Test
    void aListEndsNoPauseOfAnotherCause() {
        breaker.pauseUntilListed(null, saying(Verdict.UNAVAILABLE));
        breaker.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        breaker.listed();

        assertThat(concurrency).hasValue(0);
        assertThat(shown().part()).isEqualTo("kafka");
        assertThat(shown().cause()).contains("no such topic");
    }

    private void pause(Verdict verdict) {
        breaker.pause(null, saying(verdict));
    }

    /** The budget of the day is spent, 19 h 15 min before its end. */
    private void spend() {
        var untilMidnight = Duration.between(clock.instant(), Instant.parse("2026-11-24T00:00:00Z"));
        breaker.pause(untilMidnight, saying(Verdict.DAILY_BUDGET_SPENT));
    }

    private void backOff() {
        breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
    }

    private void halfOpen() {
        pause(Verdict.UNAVAILABLE);
        isProbeDueAfter(INTERVAL);
        breaker.probeSucceeded();
    }

    private void pass(Duration time) {
        clock.advance(time);
        timeOfDay.advance(time);
    }

    private boolean isProbeDueAfter(Duration time) {
        pass(time);
        return breaker.isProbeDue();
    }

    private Pause shown() {
        return breaker.pause().orElseThrow();
    }

    private double metric(String name, String... labels) {
        return new Scrape(metrics.scrape()).value("zoom_group_sync_" + name, labels);
    }
}
