package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Zoom refuses requests because of a rate limit. */
@Tag("faults")
class RateLimitsIT {

    private static final Duration LENGTH = Form.seconds("faults.limit-seconds", 20, 12);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int CONCURRENT = 16;
    private static final int EVENTS = 600;
    private static final int BEFORE = 100;

    @Test
    void triesOneAtATimeWhileTheLimitOfASecondIsSpent() {
        try (var world = new World("429 per second, " + LENGTH.toSeconds() + " s")) {
            begin(world);

            var begun = System.nanoTime();
            world.zoom.answersAlways(limit("per-second", "QPS"));
            World.pass(LENGTH);
            world.zoom.answersAlways(new StandInReply.AsZoom());
            var ended = System.nanoTime();

            var useless = useless(world);
            // One a second: more than the growing pauses allow, and far less than a flood.
            finish(world, useless, LENGTH.toSeconds(), ended);
            world.must
                    .assertThat(overlaps(beyondThoseInFlight(useless)))
                    .as("useless requests not alone")
                    .isZero();
            world.must
                    .assertThat(useless.get(useless.size() - 1).begun() - begun)
                    .isPositive();
            world.endsWell();
        }
    }

    @Test
    void sendsNothingBeforeTheRetryAfterOfTheDailyLimit() {
        try (var world = new World("429 per day, " + LENGTH.toSeconds() + " s")) {
            var service = begin(world);

            var until = Instant.now().plus(LENGTH);
            var ended = System.nanoTime() + LENGTH.toNanos();
            world.zoom.answersAlways(StandInReply.with(limit("daily", "Daily-limit"), "Retry-After", until.toString()));
            await().until(() -> !useless(world).isEmpty());
            World.pass(Duration.ofSeconds(2));
            world.judgeHealthWithoutZoom(service);
            // Zoom's clock is a second behind this one: it still refuses when its own time is past here.
            World.pass(Duration.between(Instant.now(), until.plusSeconds(1)));
            world.zoom.answersAlways(new StandInReply.AsZoom());

            var useless = useless(world).stream()
                    .filter(request -> request.begun() < ended)
                    .toList();
            finish(world, useless, 0, ended);
            world.must
                    .assertThat(world.requests("GET").stream().filter(request -> request.begun() < ended))
                    .as("probes before the Retry-After")
                    .isEmpty();
            world.endsWell();
        }
    }

    private static Instance begin(World world) {
        world.with("zoom.requests-per-second", "50")
                .with("zoom.max-concurrent-requests", String.valueOf(CONCURRENT))
                .with("zoom.pause.probe-interval", INTERVAL.toMillis() + "ms");
        world.load.send(EVENTS);
        var service = world.start();
        world.awaitApplied(BEFORE);
        return service;
    }

    private static void finish(World world, List<ReceivedRequest> useless, long probes, long ended) {
        world.must
                .assertThat(useless.size())
                .as("useless requests: those in flight, and %d probes", probes)
                .isLessThanOrEqualTo(CONCURRENT + (int) probes);
        world.reportProbes(useless.size() + " useless requests");
        world.reportResumed(world.awaitResumed(ended));
        world.must.assertThat(world.watch.deadLetters()).as("dead letters").isEmpty();
    }

    private static StandInReply.Answer limit(String kind, String type) {
        var answer = StandInReply.zoom(
                429, 429, "You have reached the maximum " + kind + " rate limit for this API. Try again later.");
        return StandInReply.with(answer, "X-RateLimit-Type", type);
    }

    private static List<ReceivedRequest> useless(World world) {
        return world.zoom.requests().stream()
                .filter(request -> request.status() == 429)
                .toList();
    }

    private static List<ReceivedRequest> beyondThoseInFlight(List<ReceivedRequest> useless) {
        return useless.subList(Math.min(CONCURRENT, useless.size()), useless.size());
    }

    /** The number of requests within a tenth of a second of the one before. */
    private static long overlaps(List<ReceivedRequest> requests) {
        var overlaps = 0;
        for (var i = 1; i < requests.size(); i++) {
            if (requests.get(i).begun() - requests.get(i - 1).begun() < 100_000_000L) {
                overlaps++;
            }
        }
        return overlaps;
    }
}
