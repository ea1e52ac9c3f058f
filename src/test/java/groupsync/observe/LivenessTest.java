package groupsync.observe;

import static groupsync.observe.HealthCheck.Status.DOWN;
import static groupsync.observe.HealthCheck.Status.UP;
import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.queue.PendingUpdate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong timer = new AtomicLong();
    private final List<PendingUpdate> underWay = new ArrayList<>();
    private final Liveness life = new Liveness(
            Map.of("the thread that reads updates", reads::get, "the timer go-on", timer::get),
            () -> underWay,
            new TestClock("2026-11-23T04:45:00Z"));

    @AfterEach
    void close() {
        life.close();
    }

    /** Looks so often, with signs of the timer alone. */
    private void looks(int times) {
        for (var i = 0; i < times; i++) {
            timer.incrementAndGet();
            life.look();
        }
    }

    private static PendingUpdate update() {
        return Events.update("g").pendingAt(0, 17);
    }

    @Test
    void isDownAfter300LooksWithoutASignOfOneThread() {
        looks(300);
        var before = life.check().status();
        looks(1);

        assertThat(before).isEqualTo(UP);
        assertThat(life.check().status()).isEqualTo(DOWN);
        assertThat(life.check().cause()).isEqualTo("the thread that reads updates has given no sign of life for 300 s");
        assertThat(life.longestSilence()).isEqualTo(300);
    }

    @Test
    void oneSignIsEnoughAlsoAfterThat() {
        looks(301);
        reads.incrementAndGet();
        looks(1);

        assertThat(life.check().status()).isEqualTo(UP);
        assertThat(life.longestSilence()).isZero();
    }

    @Test
    void isDownWhenTheWorkOnAnUpdateNeverEnds() {
        underWay.add(update());
        for (var i = 0; i < 301; i++) {
            reads.incrementAndGet();
            looks(1);
        }

        assertThat(life.check().cause())
                .isEqualTo("the work on the update updates-0-17 has given no sign of life for 300 s");
    }

    /** At one request a second for ten instances, an update waits for minutes. */
    @Test
    void anUpdateThatWaitsForItsTurnOrIsTriedAgainGivesSigns() {
        var waits = update();
        var tried = update();
        underWay.addAll(List.of(waits, tried));
        for (var i = 0; i < 1_000; i++) {
            reads.incrementAndGet();
            waits.waits();
            if (i % 200 == 0) {
                tried.attempted(Instant.EPOCH);
            }
            looks(1);
        }

        assertThat(life.check().status()).isEqualTo(UP);
    }

    @Test
    void manyUpdatesOneAfterTheOtherAreNoSilence() {
        for (var i = 0; i < 1_000; i++) {
            reads.incrementAndGet();
            if (i % 200 == 0) {
                underWay.clear();
                underWay.add(update());
            }
            looks(1);
        }

        assertThat(life.check().status()).isEqualTo(UP);
    }

    @Test
    void liveIsUnavailableWhenItIsDownAndOnlyThen() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var kafkaAway = HealthCheck.Result.down("kafka", "no broker answers", "check", Instant.EPOCH, Instant.EPOCH);
        try (var server = new ObserveServer(address, life, List.of(() -> kafkaAway), () -> "")) {
            var well = live(server.port());
            looks(301);
            var hangs = live(server.port());

            assertThat(well.statusCode()).isEqualTo(200);
            assertThat(well.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[{\"name\":\"life\",\"status\":\"UP\"}]}");
            assertThat(hangs.statusCode()).isEqualTo(503);
            assertThat(hangs.body()).contains("the thread that reads updates has given no sign of life");
        }
    }

    private static HttpResponse<String> live(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/live"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
