package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.Scrape;
import groupsync.TestClock;
import groupsync.observe.Metrics;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import java.util.ArrayList;
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
    private final AtomicInteger atOnce = new AtomicInteger(ALL);
    private final Metrics metrics = new Metrics(clock);
    private final CircuitBreaker gate = new CircuitBreaker(INTERVAL, atOnce::set, metrics.pauses(), clock, timeOfDay);

    private void goesOn(Duration time) {
        clock.goesOn(time);
        timeOfDay.goesOn(time);
    }

    private static ZoomReply saying(Verdict verdict) {
        return new ZoomReply(verdict, 500, null, "so it is", "rid", null);
    }

    @Test
    void letsNobodyThroughInAPauseAndSaysWhy() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));

        var closed = gate.closed().orElseThrow();
        assertThat(atOnce).hasValue(0);
        assertThat(closed.part()).isEqualTo("zoom");
        assertThat(closed.cause()).contains("UNAVAILABLE http=500 message=\"so it is\"");
        assertThat(closed.since()).isEqualTo(clock.instant());
        assertThat(closed.nextProbe()).isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void countsAPauseOnceHoweverOftenItIsTold() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(Duration.ofSeconds(5));
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(Duration.ofSeconds(2));
        gate.pause(null, saying(Verdict.CREDENTIALS_REFUSED));
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
    void probesOnceAnIntervalHoweverOftenItIsAsked() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        var probes = 0;

        for (var tenth = 0; tenth < 300; tenth++) {
            goesOn(Duration.ofMillis(100));
            if (gate.isProbeDue(false)) {
                probes++;
                gate.pause(null, saying(Verdict.UNAVAILABLE));
            }
        }

        assertThat(probes).isEqualTo(3);
        assertThat(atOnce).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-10H", "PT10H"})
    void aClockThatIsSetMovesNoProbe(Duration step) {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        timeOfDay.goesOn(step);

        goesOn(INTERVAL.minusMillis(1));
        var early = gate.isProbeDue(true);
        var shown = gate.closed().orElseThrow().nextProbe();
        goesOn(Duration.ofMillis(1));

        assertThat(early).isFalse();
        assertThat(shown).isEqualTo(timeOfDay.instant());
        assertThat(gate.isProbeDue(true)).isTrue();
    }

    /** A probe may be answered oddly for good where updates would be applied. */
    @Test
    void letsAnUpdateTryAtEachThirdLook() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        var looks = new ArrayList<String>();

        for (var look = 0; look < 6; look++) {
            goesOn(INTERVAL);
            if (gate.isProbeDue(true)) {
                looks.add("probe");
                gate.pause(null, saying(Verdict.NOT_UNDERSTOOD));
            } else if (atOnce.get() == 1) {
                looks.add("update");
                gate.failed(saying(Verdict.UNAVAILABLE));
            }
        }

        assertThat(looks).containsExactly("probe", "probe", "update", "probe", "probe", "update");
    }

    @Test
    void anUpdateThatWasGivenUpDoesNotEndAPause() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        gate.isProbeDue(true);
        gate.probeAnswered();

        gate.published(false);

        assertThat(atOnce).hasValue(1);
        assertThat(gate.closed()).isPresent();
    }

    @Test
    void lateFailuresOfWhatWasUnderWayDoNotPutOffTheProbe() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL.minusMillis(1));
        gate.pause(null, saying(Verdict.UNAVAILABLE));

        goesOn(Duration.ofMillis(1));

        assertThat(gate.isProbeDue(false)).isTrue();
    }

    @Test
    void letsOneTryWhenAProbeIsAnsweredAndAllWhenThatOneIsDone() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        gate.isProbeDue(false);

        gate.probeAnswered();
        assertThat(atOnce).hasValue(1);
        assertThat(gate.closed()).isPresent();

        gate.published(true);
        assertThat(atOnce).hasValue(ALL);
        assertThat(gate.closed()).isEmpty();
    }

    @Test
    void waitsOnWhenTheOneThatTriesFails() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        gate.isProbeDue(false);
        gate.probeAnswered();

        gate.failed(saying(Verdict.UNAVAILABLE));

        assertThat(atOnce).hasValue(0);
        assertThat(gate.closed().orElseThrow().nextProbe())
                .isEqualTo(clock.instant().plus(INTERVAL));
    }

    @Test
    void aSuccessOfWhatWasUnderWayEndsNoPause() {
        gate.pause(null, saying(Verdict.UNAVAILABLE));

        gate.published(true);

        assertThat(atOnce).hasValue(0);
    }

    /** A GET would not meet them: the one that tries is the probe. */
    @ParameterizedTest
    @EnumSource(names = {"SCOPE_MISSING", "ENCODING_REFUSED", "DAILY_LIMIT_SPENT"})
    void letsOneTryWithoutAProbeWhereAProbeWouldTellNothing(Verdict verdict) {
        gate.pause(null, saying(verdict));
        goesOn(INTERVAL);

        var probe = gate.isProbeDue(false);

        assertThat(probe).isFalse();
        assertThat(atOnce).hasValue(1);
    }

    @Test
    void sendsNoProbeBeforeTheTimeThatZoomNames() {
        var midnight = timeOfDay.instant().plus(Duration.ofHours(19));
        gate.pause(Duration.ofHours(19), saying(Verdict.DAILY_LIMIT_SPENT));
        goesOn(Duration.ofHours(19).minusMillis(1));

        gate.isProbeDue(false);

        assertThat(atOnce).hasValue(0);
        assertThat(gate.closed().orElseThrow().nextProbe()).isEqualTo(midnight);
    }

    @Test
    void holdsEverybodyBackAndLetsOneTryFirst() {
        gate.holdBack(null, saying(Verdict.TOO_MANY_REQUESTS));
        assertThat(atOnce).hasValue(0);
        assertThat(gate.closed()).isEmpty();

        goesOn(Duration.ofMillis(1_300));
        assertThat(gate.isProbeDue(false)).isFalse();
        assertThat(atOnce).hasValue(1);

        gate.published(true);
        assertThat(atOnce).hasValue(ALL);
    }

    @Test
    void holdsBackLongerWhenTheOneThatTriesIsRefusedToo() {
        gate.holdBack(null, saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(1_300));
        gate.isProbeDue(false);
        gate.holdBack(null, saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(1_900));
        gate.isProbeDue(false);
        assertThat(atOnce).hasValue(0);

        goesOn(Duration.ofMillis(700));
        gate.isProbeDue(false);

        assertThat(atOnce).hasValue(1);
    }

    /** Else a long row of refusals would hold everybody back long after Zoom is well again. */
    @Test
    void holdsBackForAProbeIntervalAtTheMostAndSome() {
        for (var i = 0; i < 20; i++) {
            gate.holdBack(null, saying(Verdict.TOO_MANY_REQUESTS));
            goesOn(INTERVAL.multipliedBy(13).dividedBy(10));
            gate.isProbeDue(false);

            assertThat(atOnce).hasValue(1);
        }
    }

    @Test
    void holdsBackUntilTheTimeThatZoomNames() {
        gate.holdBack(Duration.ofSeconds(7), saying(Verdict.TOO_MANY_REQUESTS));
        goesOn(Duration.ofMillis(6_999));
        gate.isProbeDue(false);
        assertThat(atOnce).hasValue(0);

        goesOn(Duration.ofMillis(1));
        gate.isProbeDue(false);

        assertThat(atOnce).hasValue(1);
    }

    @Test
    void namesKafkaWhenItIsKafkaThatRefuses() {
        gate.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        assertThat(gate.closed().orElseThrow().part()).isEqualTo("kafka");
        assertThat(gate.closed().orElseThrow().cause()).contains("no such topic");
    }

    @Test
    void anEventThatNeverWentToZoomDoesNotEndAPause() {
        gate.pause(null, saying(Verdict.SCOPE_MISSING));
        goesOn(INTERVAL);
        gate.isProbeDue(false);

        gate.published(false);

        assertThat(atOnce).hasValue(1);
        assertThat(gate.closed()).isPresent();
    }

    @Test
    void goesOnWhenZoomAnswersTheOneThatTriesAboutItsGroupAlone() {
        gate.pause(null, saying(Verdict.SCOPE_MISSING));
        goesOn(INTERVAL);
        gate.isProbeDue(false);

        gate.answered();

        assertThat(atOnce).hasValue(ALL);
    }

    // --- The names of Zoom's groups ---

    @Test
    void letsNamesBeAskedForOnlyWhileItIsOpenAndTheyAreWanted() {
        assertThat(gate.mayList(true)).isTrue();
        assertThat(gate.mayList(false)).isFalse();

        gate.holdBack(null, saying(Verdict.TOO_MANY_REQUESTS));
        var heldBack = gate.mayList(true);
        gate.pause(null, saying(Verdict.UNAVAILABLE));
        goesOn(INTERVAL);
        var paused = gate.mayList(true);
        gate.probeAnswered();

        assertThat(heldBack).isFalse();
        assertThat(paused).isFalse();
        assertThat(gate.mayList(true)).isFalse();
    }

    @Test
    void probesWithTheListWhereThatIsWhatFailed() {
        gate.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
        var lists = 0;
        for (var tenth = 0; tenth < 300; tenth++) {
            goesOn(Duration.ofMillis(100));
            assertThat(gate.isProbeDue(false)).isFalse();
            if (gate.mayList(true)) {
                lists++;
                gate.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
            }
        }

        assertThat(lists).isEqualTo(3);
        assertThat(atOnce).hasValue(0);
        assertThat(gate.closed().orElseThrow().since())
                .isEqualTo(clock.instant().minusSeconds(30));
        gate.listed();
        assertThat(atOnce).hasValue(1);
    }

    @Test
    void triesWithAnUpdateWhenTheNamesAreNoLongerWanted() {
        gate.pauseUntilListed(null, saying(Verdict.LIST_SCOPE_MISSING));
        goesOn(INTERVAL);

        var lists = gate.mayList(false);
        gate.isProbeDue(false);

        assertThat(lists).isFalse();
        assertThat(atOnce).hasValue(1);
    }

    @Test
    void aListEndsNoPauseOfAnotherCause() {
        gate.pauseUntilListed(null, saying(Verdict.UNAVAILABLE));
        gate.pause("kafka", new IllegalStateException("no such topic"), "check Kafka");

        gate.listed();

        assertThat(atOnce).hasValue(0);
        assertThat(gate.closed().orElseThrow().part()).isEqualTo("kafka");
    }

    @Test
    void aHoldOfHoursIsAPause() {
        gate.holdBack(Duration.ofHours(2), saying(Verdict.TOO_MANY_REQUESTS));

        assertThat(gate.closed().orElseThrow().nextProbe())
                .isEqualTo(clock.instant().plus(Duration.ofHours(2)));
    }
}
