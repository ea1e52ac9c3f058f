package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.SourceRecord;
import groupsync.event.UpdateInHand;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ThrottlerTest {

    private final UpdateInHand update = new UpdateInHand(new GroupUpdateEvent.Valid(
            new SourceRecord(new TopicPartition("updates", 0), 1, 0, null, null, new RecordHeaders()),
            "hr-1",
            new GroupUpdate("g", Map.of())));

    private static Throttler throttler(int requestsPerSecond, Throttler.Check check) {
        var throttler = new Throttler(requestsPerSecond, check, Clock.systemUTC());
        throttler.owns(Set.of(0), 1);
        return throttler;
    }

    @Test
    void neverLetsRequestsThroughCloserTogetherThanAllowed() throws Exception {
        var throttler = throttler(50, any -> {});
        var begun = System.nanoTime();

        for (var i = 0; i < 11; i++) {
            throttler.await(update);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void letsNoMoreThroughAtOnceAfterARest() throws Exception {
        var throttler = throttler(50, any -> {});
        throttler.await(update);
        TimeUnit.MILLISECONDS.sleep(200);
        var begun = System.nanoTime();

        for (var i = 0; i < 6; i++) {
            throttler.await(update);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    }

    /** Eight at one request a second: the last would have to wait for eight. */
    @Test
    void callsBackWhoeverWaits() throws Exception {
        var over = new AtomicBoolean();
        var throttler = throttler(1, any -> {
            if (over.get()) {
                throw new IllegalStateException("not now");
            }
        });
        throttler.await(update);
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
                    .allSatisfy(one -> assertThatThrownBy(() -> one.get(5, TimeUnit.SECONDS))
                            .hasRootCauseMessage("not now"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void asksAlsoWhereThereIsNoLimit() {
        var throttler = throttler(0, any -> {
            throw new IllegalStateException("not now");
        });

        assertThatThrownBy(() -> throttler.await(update)).hasMessage("not now");
    }

    @Test
    void letsNobodyThroughWhoOwnsNoPartition() {
        var over = new AtomicBoolean();
        var throttler = new Throttler(
                50,
                any -> {
                    if (over.getAndSet(true)) {
                        throw new IllegalStateException("still waiting");
                    }
                },
                Clock.systemUTC());

        assertThatThrownBy(() -> throttler.await(update)).hasMessage("still waiting");
    }

    /** Each of three owns a third, in whichever way; together they may send as many as one that owns all. */
    @Test
    void sharesTheLimitOfASecondAmongInstances() throws Exception {
        var passed = new ConcurrentSkipListSet<Long>();
        var instances = Executors.newFixedThreadPool(3);
        var begun = System.nanoTime();
        try {
            var all = IntStream.range(0, 3)
                    .mapToObj(instance -> instances.submit(() -> {
                        var throttler = new Throttler(40, any -> {}, Clock.systemUTC());
                        throttler.owns(Set.of(2 * instance, 2 * instance + 1), 6);
                        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(3)) {
                            throttler.await(update);
                            passed.add(System.nanoTime());
                            throttler.sent().ends();
                        }
                        return instance;
                    }))
                    .toList();
            for (var one : all) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            instances.shutdownNow();
        }

        assertThat(passed).hasSizeBetween(105, 121);
        assertThat(passed)
                .allSatisfy(time -> assertThat(passed.subSet(time, time + TimeUnit.SECONDS.toNanos(1)))
                        .hasSizeLessThanOrEqualTo(40));
    }

    /** As the first of all, whose connection takes a while: it must not come to Zoom together with those behind it. */
    @Test
    void countsARequestFromWhenItIsSentAndNotFromWhenItWasLetThrough() throws Exception {
        var throttler = throttler(10, any -> {});
        for (var i = 0; i < 9; i++) {
            throttler.await(update);
        }
        var sent = System.nanoTime();
        for (var i = 0; i < 9; i++) {
            throttler.sent();
        }
        throttler.await(update);

        throttler.await(update);

        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** As when the machine stood still after it was sent: it was counted when it arrived, together with those behind it. */
    @Test
    void countsARequestWhoseAnswerIsLaterThanUsualFromWhenItMayHaveArrived() throws Exception {
        var throttler = throttler(10, any -> {});
        for (var i = 0; i < 5; i++) {
            throttler.await(update);
            throttler.sent().ends();
        }
        for (var i = 0; i < 5; i++) {
            throttler.await(update);
        }
        var onTheirWay = Stream.generate(throttler::sent).limit(5).toList();
        TimeUnit.MILLISECONDS.sleep(200);
        var arrived = System.nanoTime();
        onTheirWay.forEach(Throttler.OnItsWay::ends);
        for (var i = 0; i < 5; i++) {
            throttler.await(update);
        }

        throttler.await(update);

        assertThat(Duration.ofNanos(System.nanoTime() - arrived)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void losesNothingOfTheLimitToAnswersThatTakeLongAsUsual() throws Exception {
        var throttler = throttler(50, any -> {});
        var latency = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
        var begun = System.nanoTime();
        var passed = 0;

        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(3)) {
            throttler.await(update);
            passed++;
            latency.execute(throttler.sent()::ends);
        }

        assertThat(passed).isGreaterThan(135);
    }
}
