package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.Events;
import groupsync.queue.PendingUpdate;
import groupsync.queue.SendCheck;
import groupsync.zoom.RequestInFlight;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountThrottlerTest {

    private final PendingUpdate update = Events.update("g").pendingAt(0, 1);
    private static final ZoomReply REFUSAL = new ZoomReply(Verdict.TOO_MANY_REQUESTS, 429, 429, "slow", null, null);
    private final GivenTime time = new GivenTime();

    private static final Duration HOLD_UP = Duration.ofMillis(250);

    private final Pace pace = new Pace(true, time);

    private AccountThrottler throttler(int requestsPerSecond, SendCheck check) {
        var throttler = new AccountThrottler(requestsPerSecond, pace, HOLD_UP, check, time, time::nanos, time::waits);
        throttler.owns(Set.of(0), 1, Map.of());
        return throttler;
    }

    private void pass(AccountThrottler throttler, int requests) throws Exception {
        for (var i = 0; i < requests; i++) {
            throttler.await(update);
        }
    }

    @Test
    void neverLetsRequestsThroughCloserTogetherThanAllowed() throws Exception {
        var throttler = throttler(50, any -> {});
        throttler.await(update);
        var first = time.passed();

        pass(throttler, 10);

        assertThat(time.passed().minus(first)).isBetween(Duration.ofMillis(200), Duration.ofMillis(210));
    }

    @Test
    void letsRequestsThroughNoFasterAfterARest() throws Exception {
        var throttler = throttler(50, any -> {});
        throttler.await(update);
        time.waits(Duration.ofMillis(200).toNanos());
        var rested = time.passed();

        pass(throttler, 6);

        assertThat(time.passed().minus(rested)).isBetween(Duration.ofMillis(95), Duration.ofMillis(105));
    }

    /** Eight at one request a second: the last would have to wait for eight. */
    @Test
    void defersRequestsThatWait() throws Exception {
        var over = new AtomicBoolean();
        var throttler = new AccountThrottler(
                1,
                pace,
                HOLD_UP,
                any -> {
                    if (over.get()) {
                        throw new IllegalStateException("deferred");
                    }
                },
                Clock.systemUTC());
        throttler.owns(Set.of(0), 1, Map.of());
        var threads = Executors.newFixedThreadPool(8);
        try {
            var waiting = Stream.generate(() -> threads.submit(() -> {
                        while (true) {
                            throttler.await(update);
                        }
                    }))
                    .limit(8)
                    .toList();

            over.set(true);
            assertThat(waiting)
                    .allSatisfy(one -> assertThatThrownBy(() -> one.get(1, TimeUnit.MINUTES))
                            .hasRootCauseMessage("deferred"));
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "50, 1"})
    void checksARequestAlsoWithoutALimitAndWithoutAPartition(int requestsPerSecond, long minutes) {
        var throttler = throttler(requestsPerSecond, any -> {
            if (time.passed().toMinutes() >= minutes) {
                throw new IllegalStateException("deferred");
            }
        });
        throttler.owns(requestsPerSecond == 0 ? Set.of(0) : Set.of(), 1, Map.of());

        assertThatThrownBy(() -> throttler.await(update)).hasMessage("deferred");
    }

    /** A new connection delays a request: it must not come to Zoom together with those behind it. */
    @Test
    void countsARequestFromTheTimeItIsSentAndNotFromItsSlot() throws Exception {
        var throttler = throttler(10, any -> {});
        pass(throttler, 9);
        var sent = time.passed();
        for (var i = 0; i < 9; i++) {
            throttler.sent();
        }
        throttler.await(update);

        throttler.await(update);

        assertThat(time.passed().minus(sent)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** If this machine stands still after it was sent, Zoom counts it together with those behind it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void countsARequestWithALateAnswerFromItsLatestArrivalAlsoAfterARest(int seconds) throws Exception {
        var throttler = throttler(10, any -> {});
        for (var i = 0; i < 5; i++) {
            throttler.await(update);
            var onItsWay = throttler.sent();
            time.waits(Duration.ofMillis(1).toNanos());
            onItsWay.answered();
        }
        time.waits(Duration.ofSeconds(seconds).toNanos());
        pass(throttler, 5);
        var onTheirWay = Stream.generate(throttler::sent).limit(5).toList();
        time.waits(Duration.ofMillis(200).toNanos());
        var arrived = time.passed();
        onTheirWay.forEach(RequestInFlight::answered);
        pass(throttler, 5);

        throttler.await(update);

        assertThat(time.passed().minus(arrived)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    /** Alone, and with the slots of four of twelve partitions. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 12"})
    void sendsLessAfterRefusalsAndNoBurstLater(int owned, int partitions) throws Exception {
        var throttler = throttler(60, any -> {});
        throttler.owns(IntStream.range(0, owned).boxed().collect(Collectors.toSet()), partitions, Map.of());
        var whole = passesWithin(throttler, Duration.ofSeconds(10));

        IntStream.range(0, 10).forEach(i -> pace.refused(REFUSAL));
        var slower = passesWithin(throttler, Duration.ofSeconds(10));
        IntStream.range(0, 800).forEach(i -> pace.taken());
        var again = passesWithin(throttler, Duration.ofSeconds(10));

        // 10 times 3% less.
        assertThat((double) slower / whole).isBetween(0.72, 0.76);
        assertThat(again).isBetween(whole - 2, whole + 2);
    }

    private int passesWithin(AccountThrottler throttler, Duration span) throws Exception {
        var end = time.passed().plus(span);
        var passed = 0;
        while (time.passed().compareTo(end) < 0) {
            throttler.await(update);
            passed++;
            throttler.sent().answered();
        }
        return passed;
    }

    /** Java loads what the first requests need, while others pass: they all reach Zoom 50 ms after the first. */
    @Test
    void theFirstRequestsCountFromTheirLatestArrival() throws Exception {
        var throttler = throttler(80, any -> {});
        var arrival = 0L;
        for (var i = 0; i < 5; i++) {
            throttler.await(update);
            arrival = arrival == 0 ? time.nanos() + Duration.ofMillis(50).toNanos() : arrival;
            var sent = throttler.sent();
            time.after(Duration.ofMillis(250).plusNanos(arrival - time.nanos()), sent::answered);
        }

        for (var i = 0; i < 76; i++) {
            throttler.await(update);
            time.after(Duration.ofMillis(250), throttler.sent()::answered);
        }

        assertThat(time.nanos() - arrival)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

    /** Zoom answers all requests of 3 s at their end. */
    @ParameterizedTest
    @ValueSource(ints = {4, 10, 30, 80})
    void aStallOfZoomCostsNothingOfTheLimit(int limit) throws Exception {
        var random = new Random(1);
        var throttler = throttler(limit, any -> {});
        var passed = 0;

        while (time.passed().toSeconds() < 16) {
            throttler.await(update);
            passed++;
            var stall = Duration.ofSeconds(11).minus(time.passed());
            var answer = stall.compareTo(Duration.ofSeconds(3)) < 0 && !stall.isNegative()
                    ? stall
                    : Duration.ofMillis(200 + random.nextInt(100));
            time.after(answer, throttler.sent()::answered);
        }

        assertThat(passed / 16.0 / limit).isGreaterThan(0.97);
    }

    private static Stream<Arguments> timesOfAnswers() {
        var random = new Random(1);
        Supplier<Double> constant = () -> 200.0;
        Supplier<Double> uniform = () -> 200 + 100 * random.nextDouble();
        // The median is 180 ms, and one in a hundred takes more than 2 s.
        Supplier<Double> logNormal = () -> 180 * Math.exp(1.035 * random.nextGaussian());
        return Stream.of(4, 10, 30, 80)
                .flatMap(limit -> Stream.of(
                        Arguments.of(limit, Named.of("200 ms", constant)),
                        Arguments.of(limit, Named.of("200 to 300 ms", uniform)),
                        Arguments.of(limit, Named.of("log-normal", logNormal))));
    }

    @ParameterizedTest
    @MethodSource("timesOfAnswers")
    void slowAnswersCostNothingOfTheLimit(int limit, Supplier<Double> millis) throws Exception {
        var throttler = throttler(limit, any -> {});
        var passed = 0;

        while (time.passed().toSeconds() < 60) {
            throttler.await(update);
            passed++;
            time.after(Duration.ofMillis(millis.get().longValue()), throttler.sent()::answered);
        }

        assertThat(passed / 60.0 / limit).isGreaterThan(0.97);
    }
}
