package groupsync.zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.GroupUpdate;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.SourceRecord;
import groupsync.event.UpdateInHand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ThrottlerTest {

    private final UpdateInHand update = new UpdateInHand(new GroupUpdateEvent.Valid(
            new SourceRecord(new TopicPartition("updates", 0), 1, 0, null, null, new RecordHeaders()),
            "hr-1",
            new GroupUpdate("g", Map.of())));

    @Test
    void neverLetsRequestsThroughCloserTogetherThanAllowed() throws Exception {
        var throttler = new Throttler(50, any -> {});
        var begun = System.nanoTime();

        for (var i = 0; i < 11; i++) {
            throttler.await(update);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void letsNoMoreThroughAtOnceAfterARest() throws Exception {
        var throttler = new Throttler(50, any -> {});
        throttler.await(update);
        TimeUnit.MILLISECONDS.sleep(200);
        var begun = System.nanoTime();

        for (var i = 0; i < 6; i++) {
            throttler.await(update);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    /** Eight at one request a second: the last would have to wait for eight. */
    @Test
    void callsBackWhoeverWaits() throws Exception {
        var over = new AtomicBoolean();
        var throttler = new Throttler(1, any -> {
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
        var throttler = new Throttler(0, any -> {
            throw new IllegalStateException("not now");
        });

        assertThatThrownBy(() -> throttler.await(update)).hasMessage("not now");
    }
}
