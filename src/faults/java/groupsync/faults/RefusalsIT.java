package groupsync.faults;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Zoom refuses all requests for a while, through no fault of an event. */
@Tag("faults")
class RefusalsIT {

    private static final int EVENTS = 200;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration IN_FLIGHT = Duration.ofMillis(500);
    /** The requests in flight at the first refusal. */
    private static final int CONCURRENT = 16;

    /** The first batch of a new consumer group as well. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SECRET_ROTATED")
    @Execution(ExecutionMode.CONCURRENT)
    void pausesFromTheStartUntilTheRefusalEnds(Refusal refusal) {
        try (var world = new World(refusal.title + ", from the start")) {
            refusal.begin(world.zoom);
            world.load.send(EVENTS);
            var service = world.start();

            judge(world, service, refusal, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SECRET_ROTATED", "SCOPE_MISSING"})
    @Execution(ExecutionMode.CONCURRENT)
    void pausesInTheMiddleUntilTheRefusalEnds(Refusal refusal) {
        try (var world = new World(refusal.title + ", in the middle")) {
            world.with("zoom.requests-per-second", "100");
            world.load.send(EVENTS);
            var service = world.start();
            world.awaitApplied(EVENTS / 4);
            refusal.begin(world.zoom);

            judge(world, service, refusal, EVENTS / 4);
        }
    }

    private static void judge(World world, Instance service, Refusal refusal, int before) {
        world.mustBecome(
                World.PATIENCE, () -> service.health().isPaused(), () -> "health without a pause: " + service.health());
        // The requests in flight end.
        World.pass(IN_FLIGHT);
        var paused = System.nanoTime();
        var tokensBefore = world.zoom.tokenRequests();
        var appliedBefore = world.applied();
        World.pass(INTERVAL.multipliedBy(5));
        world.judgeHealthWithoutZoom(service);
        world.must.assertThat(service.health().remedy()).as("remedy").contains(refusal.remedy);
        world.must.assertThat(world.applied()).as("applied while refused").isEqualTo(appliedBefore);
        // All applied updates are published and committed, and no others.
        world.must
                .assertThat(world.watch.outcomes().size())
                .as("outcomes")
                .isGreaterThanOrEqualTo(before)
                .isEqualTo((int) appliedBefore);
        world.must.assertThat(world.watch.commits().total()).as("committed").isLessThanOrEqualTo(appliedBefore);
        world.must.assertThat(world.watch.deadLetters()).as("dead letters").isEmpty();
        var ended = System.nanoTime();
        var tokens = world.zoom.tokenRequests() - tokensBefore;
        refusal.end(world.zoom);

        var probes = Probes.atMostOnePerInterval(world, paused, ended, INTERVAL);
        world.must.assertThat(tokens).as("token requests in the pause").isLessThanOrEqualTo(7);
        var useless = world.zoom.requests().stream()
                .filter(request -> request.status() != 204 && request.begun() < paused)
                .count();
        world.must.assertThat(useless).as("refused requests before the pause").isLessThanOrEqualTo(2 * CONCURRENT);
        world.reportProbes(probes + ", and " + tokens + " for a token; " + useless + " useless requests before");
        var resumed = world.awaitResumed(ended);
        world.reportResumed(resumed);
        world.endsWell();
    }
}
