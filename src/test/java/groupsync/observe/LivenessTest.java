package groupsync.observe;

import static groupsync.observe.HealthCheck.Status.DOWN;
import static groupsync.observe.HealthCheck.Status.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.queue.PendingUpdate;
import groupsync.release.Version;
import groupsync.settings.ManagementSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivenessTest {

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private final List<PendingUpdate> taken = new ArrayList<>();
    private final Liveness life = new Liveness(
            Map.of("the thread that reads updates", reads::get),
            polls::get,
            () -> taken,
            new TestClock("2026-11-23T04:45:00Z"));

    @AfterEach
    void close() {
        life.close();
    }

    private void looks(int times, AtomicLong... alive) {
        for (var i = 0; i < times; i++) {
            List.of(alive).forEach(AtomicLong::incrementAndGet);
            life.look();
        }
    }

    private static PendingUpdate update() {
        return Events.update("g").pendingAt(0, 17);
    }

    @Test
    void isDownAfter300LooksWithoutASignOfOneThread() {
        looks(300, polls);
        var before = life.check().status();
        looks(1, polls);

        assertThat(before).isEqualTo(UP);
        assertThat(life.check().status()).isEqualTo(DOWN);
        assertThat(life.check().cause()).isEqualTo("the thread that reads updates has given no sign of life for 300 s");
        assertThat(life.longestSilence()).isEqualTo(300);
    }

    @Test
    void isUpAgainAfterOneSign() {
        looks(301, polls);
        looks(1, polls, reads);

        assertThat(life.check().status()).isEqualTo(UP);
        assertThat(life.longestSilence()).isZero();
    }

    @Test
    void isDownWhenNoUpdateIsTakenAndNoThreadAsksForOne() {
        looks(301, reads);

        assertThat(life.check().cause())
                .isEqualTo("the pool of threads that take updates has given no sign of life for 300 s");
    }

    /** The work may end late, when the partition of the update has another owner: a restart is not needed then. */
    @Test
    void isDownWhileTheWorkOnAnUpdateHangsAndUpWhenItIsOver() {
        taken.add(update());
        looks(301, polls, reads);
        var hanging = life.check().cause();
        taken.clear();
        looks(1, polls, reads);

        assertThat(hanging).isEqualTo("the work on the update updates-0-17 has given no sign of life for 300 s");
        assertThat(life.check().status()).isEqualTo(UP);
        assertThat(life.longestSilence()).isZero();
    }

    @Test
    void keepsLookingAfterALookThatFails() {
        var looks = new AtomicInteger();
        LongSupplier fails = () -> {
            looks.incrementAndGet();
            throw new IllegalStateException("no sign");
        };
        try (var failing =
                new Liveness(Map.of("a part", fails), polls::get, List::of, new TestClock("2026-11-23T04:45:00Z"))) {
            failing.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> looks.get() > 1);
        }
    }

    /** At one request a second for ten instances, an update waits for minutes. */
    @Test
    void staysUpWhileAllThreadsAreBusyWithUpdatesThatWaitOrAreRetried() {
        var waiting = update();
        var retried = update();
        looks(200, reads);
        taken.addAll(List.of(waiting, retried));
        for (var i = 0; i < 1_000; i++) {
            waiting.waits();
            if (i % 200 == 0) {
                retried.attempted(Instant.EPOCH);
            }
            looks(1, reads);
        }
        taken.clear();
        looks(200, reads);

        assertThat(life.check().status()).isEqualTo(UP);
    }

    @Test
    void staysUpWhileUpdatesFollowEachOther() {
        for (var i = 0; i < 5; i++) {
            taken.clear();
            taken.add(update());
            looks(200, reads);
        }

        assertThat(life.check().status()).isEqualTo(UP);
    }

    @Test
    void failsTheLivenessProbeOnlyWhenItIsDown() throws Exception {
        var kafkaAway = HealthCheck.Result.down("kafka", "no broker answers", "check", Instant.EPOCH, Instant.EPOCH);
        try (var server = new ObserveServer(
                new ManagementSettings("127.0.0.1", 0), life, List.of(() -> kafkaAway), () -> "", () -> {
                    throw new IllegalStateException("not asked for");
                })) {
            var up = live(server.port());
            looks(301, polls);
            var down = live(server.port());

            assertThat(up.statusCode()).isEqualTo(200);
            assertThat(up.body())
                    .isEqualTo("{\"status\":\"UP\",\"version\":\"" + Version.CURRENT
                            + "\",\"checks\":[{\"name\":\"life\",\"status\":\"UP\"}]}");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body()).contains("the thread that reads updates has given no sign of life");
        }
    }

    private static HttpResponse<String> live(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/live"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
