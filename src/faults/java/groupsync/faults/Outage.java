package groupsync.faults;

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
    /** The one that finds Zoom back, and one in flight. */
    private static final int PROBES_AFTERWARDS = 2;

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
        world.mustBecome(
                World.PATIENCE, () -> service.health().isPaused(), () -> "health without a pause: " + service.health());
        var paused = System.nanoTime();
        world.judgeHealthWithoutZoom(service);
        // Updates arrive all the time.
        world.load.send(50);
        // At least half of the outage is a pause, however late a busy machine reports it.
        var end = Math.max(begun + length.toNanos(), paused + length.toNanos() / 2);
        World.pass(Duration.ofNanos(Math.max(end - System.nanoTime(), 0)));
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
        var resumed = untilFullSpeed(world, ended);
        world.reportResumed(resumed);
        world.must
                .assertThat(world.requests("GET").stream().filter(request -> request.begun() > ended))
                .as("probes after the end")
                .hasSizeLessThanOrEqualTo(PROBES_AFTERWARDS);
        world.endsWell();
    }

    /**
     * The time from the end to the first second with at least 80% of the requests of full speed; without such a second, on a
     * busy machine, to the first applied update.
     */
    private static Duration untilFullSpeed(World world, long ended) {
        var resumed = world.awaitResumed(ended);
        world.awaitApplied(world.load.sent().size());
        var enough = FULL_SPEED * 8 / 10;
        var begun = world.patches().stream()
                .filter(request -> request.status() == 204 && request.begun() > ended)
                .mapToLong(ReceivedRequest::begun)
                .toArray();
        for (var i = 0; i + enough <= begun.length; i++) {
            if (begun[i + enough - 1] - begun[i] <= 1_000_000_000L) {
                return Duration.ofNanos(begun[i] - ended);
            }
        }
        return resumed;
    }
}
