package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.Scrape;
import groupsync.TestClock;
import groupsync.observe.Metrics;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitBreakerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int ALL = Integer.MAX_VALUE;

    private final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final AtomicInteger concurrency = new AtomicInteger(ALL);
    private final AtomicBoolean pending = new AtomicBoolean(true);
    private final Metrics metrics = new Metrics(clock);
    private final CircuitBreaker breaker =
            new CircuitBreaker(INTERVAL, concurrency::set, pending::get, metrics.pauses(), clock, timeOfDay);

    private boolean isProbeDue(boolean updatesArePending) {
        pending.set(updatesArePending);
        return breaker.isProbeDue();
    }

    private void goesOn(Duration time) {
        clock.goesOn(time);
        timeOfDay.goesOn(time);
    }

    private static ZoomReply saying(Verdict verdict) {
        return new ZoomReply(verdict, 500, null, "so it is", "rid", null);
    }

    @Test
    void sendsNothingInAPauseAndShowsItsCause() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));

        var pause = breaker.pause().orElseThrow();
        assertThat(concurrency).hasValue(0);
        assertThat(pause.part()).isEqualTo("zoom");
        assertThat(pause.cause()).contains("UNAVAILABLE http=500 message=\"so it is\"");
        assertThat(pause.since()).isEqualTo(clock.instant());
        assertThat(pause.nextProbe()).isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void countsAPauseOnceForManyRepliesOfTheSameCause() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(Duration.ofSeconds(5));
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(Duration.ofSeconds(2));
        breaker.pause(null, saying(Verdict.CREDENTIALS_REFUSED));
        goesOn(Duration.ofSeconds(4));

        var scrape = new Scrape(metrics.scrape());
        assertThat(scrape.value("zoom_group_sync_pauses_total", "cause=unavailable"))
                .isEqualTo(1);
        assertThat(scrape.value("zoom_group_sync_pause_seconds_total", "cause=unavailable"))
                .isEqualTo(7);
        assertThat(scrape.value("zoom_group_sync_pause_seconds_total", "cause=credentials_refused"))
                .isEqualTo(4);
        assertThat(scrape.value("zoom_group_sync_paused", "cause=credentials_refused"))
                .isEqualTo(1);
        assertThat(scrape.value("zoom_group_sync_paused")).isEqualTo(1);
    }

    @Test
    void probesOnceAnInterval() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        var probes = 0;

        for (var tenth = 0; tenth < 300; tenth++) {
            goesOn(Duration.ofMillis(100));
            if (isProbeDue(false)) {
                probes++;
                breaker.pause(null, saying(Verdict.UNAVAILABLE));
            }
        }

        assertThat(probes).isEqualTo(3);
        assertThat(concurrency).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-10H", "PT10H"})
    void aClockThatIsSetMovesNoProbe(Duration step) {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        timeOfDay.goesOn(step);

        goesOn(INTERVAL.minusMillis(1));
        var early = isProbeDue(true);
        var shown = breaker.pause().orElseThrow().nextProbe();
        goesOn(Duration.ofMillis(1));

        assertThat(early).isFalse();
        assertThat(shown).isEqualTo(timeOfDay.instant());
        assertThat(isProbeDue(true)).isTrue();
    }

    /** A probe may be answered oddly for good where updates would be applied. */
    @Test
    void sendsAnUpdateAsEachThirdProbe() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        var looks = new ArrayList<String>();

        for (var look = 0; look < 6; look++) {
            goesOn(INTERVAL);
            if (isProbeDue(true)) {
                looks.add("probe");
                breaker.pause(null, saying(Verdict.NOT_UNDERSTOOD));
            } else if (concurrency.get() == 1) {
                looks.add("update");
                breaker.failed(saying(Verdict.UNAVAILABLE));
            }
        }

        assertThat(looks).containsExactly("probe", "probe", "update", "probe", "probe", "update");
    }

    @Test
    void anUpdateThatIsGivenUpEndsNoPause() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        isProbeDue(true);
        breaker.probeSucceeded();

        breaker.published(false);

        assertThat(concurrency).hasValue(1);
        assertThat(breaker.pause()).isPresent();
    }

    @Test
    void lateFailuresDoNotDelayTheProbe() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL.minusMillis(1));
        breaker.pause(null, saying(Verdict.UNAVAILABLE));

        goesOn(Duration.ofMillis(1));

        assertThat(isProbeDue(false)).isTrue();
    }

    @Test
    void sendsOneUpdateAfterAProbeAndAllAfterThatUpdate() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        isProbeDue(false);

        breaker.probeSucceeded();
        assertThat(concurrency).hasValue(1);
        assertThat(breaker.pause()).isPresent();

        breaker.published(true);
        assertThat(concurrency).hasValue(ALL);
        assertThat(breaker.pause()).isEmpty();
    }

    @Test
    void opensAgainWhenTheUpdateFails() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        isProbeDue(false);
        breaker.probeSucceeded();

        breaker.failed(saying(Verdict.UNAVAILABLE));

        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause().orElseThrow().nextProbe())
                .isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void aLateSuccessEndsNoPause() {
        breaker.pause(null, saying(Verdict.UNAVAILABLE));

        breaker.published(true);

        assertThat(concurrency).hasValue(0);
    }

    /** A GET has another reply than a PATCH: the update is the probe. */
    @ParameterizedTest
    @EnumSource(names = {"SCOPE_MISSING", "ENCODING_REFUSED", "DAILY_LIMIT_SPENT"})
    void sendsAnUpdateInsteadOfAProbeThatWouldShowNothing(Verdict verdict) {
        breaker.pause(null, saying(verdict));
        goesOn(INTERVAL);

        var probe = isProbeDue(false);

        assertThat(probe).isFalse();
        assertThat(concurrency).hasValue(1);
    }

    @Test
    void sendsNoProbeBeforeTheTimeThatZoomNames() {
        var midnight = timeOfDay.instant().plus(Duration.ofHours(19));
        breaker.pause(Duration.ofHours(19), saying(Verdict.DAILY_LIMIT_SPENT));
        goesOn(Duration.ofHours(19).minusMillis(1));

        isProbeDue(false);

        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause().orElseThrow().nextProbe()).isEqualTo(midnight);
    }

    @Test
    void backsOffAndThenSendsOneUpdateFirst() {
        breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause()).isEmpty();

        goesOn(Duration.ofMillis(1_300));
        assertThat(isProbeDue(false)).isFalse();
        assertThat(concurrency).hasValue(1);

        breaker.published(true);
        assertThat(concurrency).hasValue(ALL);
    }

    @Test
    void backsOffLongerWhenThatUpdateIsRefusedToo() {
        breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(1_300));
        isProbeDue(false);
        breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(1_900));
        isProbeDue(false);
        assertThat(concurrency).hasValue(0);

        goesOn(Duration.ofMillis(700));
        isProbeDue(false);

        assertThat(concurrency).hasValue(1);
    }

    /** Otherwise many refusals would cause a back-off long after Zoom is well again. */
    @Test
    void backsOffForLittleMoreThanAProbeInterval() {
        for (var i = 0; i < 20; i++) {
            breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
            goesOn(INTERVAL.multipliedBy(13).dividedBy(10));
            isProbeDue(false);

            assertThat(concurrency).hasValue(1);
        }
    }

    @Test
    void backsOffUntilTheTimeThatZoomNames() {
        breaker.backOff(Duration.ofSeconds(7), saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(6_999));
        isProbeDue(false);
        assertThat(concurrency).hasValue(0);

        goesOn(Duration.ofMillis(1));
        isProbeDue(false);

        assertThat(concurrency).hasValue(1);
    }

    @Test
    void namesKafkaWhenItIsKafkaThatRefuses() {
        breaker.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        assertThat(breaker.pause().orElseThrow().part()).isEqualTo("kafka");
        assertThat(breaker.pause().orElseThrow().cause()).contains("no such topic");
    }

    @Test
    void anEventThatWasNotSentEndsNoPause() {
        breaker.pause(null, saying(Verdict.SCOPE_MISSING));
        goesOn(INTERVAL);
        isProbeDue(false);

        breaker.published(false);

        assertThat(concurrency).hasValue(1);
        assertThat(breaker.pause()).isPresent();
    }

    @Test
    void closesWhenTheReplyConcernsOneGroupOnly() {
        breaker.pause(null, saying(Verdict.SCOPE_MISSING));
        goesOn(INTERVAL);
        isProbeDue(false);

        breaker.closeIfHalfOpen();

        assertThat(concurrency).hasValue(ALL);
    }

    // --- The names of Zoom's groups ---

    @Test
    void allowsTheListOnlyWhileItIsClosedAndNamesAreWanted() {
        assertThat(breaker.mayList(true)).isTrue();
        assertThat(breaker.mayList(false)).isFalse();

        breaker.backOff(null, saying(Verdict.TOO_MANY_REQUESTS));
        var heldBack = breaker.mayList(true);
        breaker.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        var paused = breaker.mayList(true);
        breaker.probeSucceeded();

        assertThat(heldBack).isFalse();
        assertThat(paused).isFalse();
        assertThat(breaker.mayList(true)).isFalse();
    }

    @Test
    void probesWithTheListWhereThatIsWhatFailed() {
        breaker.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
        var lists = 0;
        for (var tenth = 0; tenth < 300; tenth++) {
            goesOn(Duration.ofMillis(100));
            assertThat(isProbeDue(false)).isFalse();
            if (breaker.mayList(true)) {
                lists++;
                breaker.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
            }
        }

        assertThat(lists).isEqualTo(3);
        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause().orElseThrow().since())
                .isEqualTo(clock.instant().minusSeconds(30));
        breaker.listed();
        assertThat(concurrency).hasValue(1);
    }

    @Test
    void sendsAnUpdateWhenTheNamesAreNoLongerWanted() {
        breaker.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
        goesOn(INTERVAL);

        var lists = breaker.mayList(false);
        isProbeDue(false);

        assertThat(lists).isFalse();
        assertThat(concurrency).hasValue(1);
    }

    @Test
    void aListEndsNoPauseOfAnotherCause() {
        breaker.pauseUntilListed(null, saying(Verdict.UNAVAILABLE));
        breaker.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        breaker.listed();

        assertThat(concurrency).hasValue(0);
        assertThat(breaker.pause().orElseThrow().part()).isEqualTo("kafka");
    }

    @Test
    void aBackOffOfHoursIsAPause() {
        breaker.backOff(Duration.ofHours(2), saying(Verdict.TOO_MANY_REQUESTS));

        assertThat(breaker.pause().orElseThrow().nextProbe())
                .isEqualTo(clock.instant().plus(Duration.ofHours(2)));
    }
}
