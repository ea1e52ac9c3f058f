package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Zoom is away for a while in the middle of the work. */
final class Outage {

    private static final int FULL_SPEED = 50;
    /** Of the events that wait all along, so many are done before. */
    private static final int BEFORE = 75;

    private static final int AFTER = 450;
    private static final int ATTEMPTS = 5;
    private static final int CONCURRENT = 16;
    private static final Duration LEEWAY = Duration.ofSeconds(2);

    private Outage() {}

    static void run(World world, ZoomFault fault, Duration length, Duration interval) {
        world.with("zoom.requests-per-second", String.valueOf(FULL_SPEED));
        world.with("zoom.max-concurrent-requests", String.valueOf(CONCURRENT));
        world.with("zoom.retry.attempts", String.valueOf(ATTEMPTS));
        world.with("zoom.pause.probe-interval", interval.toMillis() + "ms");
        world.load.send(BEFORE + AFTER);
        var service = world.start();
        world.awaitApplied(BEFORE);

        fault.begin(world.zoom);
        var begun = System.nanoTime();
        var paused = awaitPause(world, service, length);
        judgeHealth(world, service);
        // Somebody goes on sending.
        world.load.send(50);
        await().atMost(length.plusSeconds(30)).until(() -> System.nanoTime() - begun >= length.toNanos());
        var useless = world.zoom.requests().stream()
                .filter(request -> request.begun() >= begun)
                .count();
        var ended = System.nanoTime();
        fault.end(world.zoom);

        var probes = Probes.atMostOnePerInterval(world, paused, ended, interval);
        world.tellProbes(
                probes + " in " + length.toSeconds() + " s; " + (useless - probes) + " useless requests before");
        // What was under way, each time that an update is tried before everything is paused; however many wait.
        world.must
                .assertThat(useless - probes)
                .as("useless requests before the pause")
                .isLessThanOrEqualTo((long) ATTEMPTS * CONCURRENT);
        var resumed = awaitFullSpeed(world, ended);
        world.tellResumed(resumed);
        world.must.assertThat(resumed).as("back at full speed").isLessThanOrEqualTo(interval.plus(LEEWAY));
        world.endsWell();
    }

    /** When health first says that it is paused; half of the outage is over by then, or it should have said so. */
    private static long awaitPause(World world, Instance service, Duration length) {
        try {
            await().atMost(length.dividedBy(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> service.health().isPaused());
        } catch (ConditionTimeoutException e) {
            world.must.fail("health says nothing of a pause within %s: %s", length.dividedBy(2), service.health());
        }
        return System.nanoTime();
    }

    static void judgeHealth(World world, Instance service) {
        var health = service.health();
        world.must.assertThat(health.status()).as("health while paused").isEqualTo(503);
        world.must.assertThat(health.cause()).as("cause in health").isNotBlank();
        world.must.assertThat(health.remedy()).as("remedy in health").isNotBlank();
        world.must.assertThat(health.nextProbe()).as("next probe in health").isNotBlank();
        world.must.assertThat(service.ready().status()).as("ready while paused").isEqualTo(503);
        world.must.assertThat(service.live().status()).as("live while paused").isEqualTo(200);
    }

    /** How long after that time the first second began in which requests were as many as before, or nearly. */
    private static Duration awaitFullSpeed(World world, long ended) {
        var times = new long[1];
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                var begun = world.patches().stream()
                        .filter(request -> request.status() == 204 && request.begun() > ended)
                        .mapToLong(ReceivedRequest::begun)
                        .toArray();
                var enough = FULL_SPEED * 8 / 10;
                for (var i = 0; i + enough <= begun.length; i++) {
                    if (begun[i + enough - 1] - begun[i] <= 1_000_000_000L) {
                        times[0] = begun[i];
                        return true;
                    }
                }
                return false;
            });
        } catch (ConditionTimeoutException e) {
            return Duration.ofDays(1);
        }
        return Duration.ofNanos(times[0] - ended);
    }
}
