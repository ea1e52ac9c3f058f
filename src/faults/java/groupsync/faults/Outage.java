package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;

/** An outage of Zoom in the middle of the work. */
final class Outage {

    private static final int FULL_SPEED = 50;
    /** The updates applied before the outage, of all that wait from the start. */
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
        // Health reports the pause within the first half of the outage.
        world.mustBecome(
                length.dividedBy(2),
                () -> service.health().isPaused(),
                () -> "health without a pause: " + service.health());
        var paused = System.nanoTime();
        world.judgeHealthWithoutZoom(service);
        // Updates arrive all the time.
        world.load.send(50);
        await().atMost(length.plusSeconds(30)).until(() -> System.nanoTime() - begun >= length.toNanos());
        var useless = world.zoom.requests().stream()
                .filter(request -> request.begun() >= begun)
                .count();
        var ended = System.nanoTime();
        fault.end(world.zoom);

        var probes = Probes.atMostOnePerInterval(world, paused, ended, interval);
        world.reportProbes(
                probes + " in " + length.toSeconds() + " s; " + (useless - probes) + " useless requests before");
        // Each concurrent update may fail as often as it has attempts before the pause, however many wait.
        world.must
                .assertThat(useless - probes)
                .as("useless requests before the pause")
                .isLessThanOrEqualTo((long) ATTEMPTS * CONCURRENT);
        var resumed = awaitFullSpeed(world, ended);
        world.reportResumed(resumed);
        world.must.assertThat(resumed).as("back at full speed").isLessThanOrEqualTo(interval.plus(LEEWAY));
        world.endsWell();
    }

    /** The time from the end to the first second with at least 80% of the requests of full speed. */
    private static Duration awaitFullSpeed(World world, long ended) {
        var enough = FULL_SPEED * 8 / 10;
        var start = new long[1];
        var isBack = world.mustBecome(
                Duration.ofSeconds(60),
                () -> {
                    var begun = world.patches().stream()
                            .filter(request -> request.status() == 204 && request.begun() > ended)
                            .mapToLong(ReceivedRequest::begun)
                            .toArray();
                    for (var i = 0; i + enough <= begun.length; i++) {
                        if (begun[i + enough - 1] - begun[i] <= 1_000_000_000L) {
                            start[0] = begun[i];
                            return true;
                        }
                    }
                    return false;
                },
                () -> "no full speed");
        return isBack ? Duration.ofNanos(start[0] - ended) : Duration.ofDays(1);
    }
}
