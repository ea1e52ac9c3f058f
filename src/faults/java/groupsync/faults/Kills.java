package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Kills the service again and again under load, and counts the repeated requests. */
final class Kills {

    private static final int BATCH_SIZE = 200;
    private static final int EVENTS_PER_SECOND = 150;

    private Kills() {}

    static void run(int kills, long seed) {
        try (var world = new World("SIGKILL, " + kills + " kills, seed " + seed)) {
            run(world, kills, seed);
        }
    }

    /** The same with few requests, most of them for several updates. */
    static void runMerging(int kills, long seed) {
        try (var world = new World("SIGKILL, " + kills + " kills, merging, seed " + seed)) {
            world.with("updates.merge", "true").with("zoom.requests-per-second", "40");
            run(world, kills, seed);
            world.must
                    .assertThat(world.patches().size())
                    .as("requests for %d events", world.load.sent().size())
                    .isLessThan(world.load.sent().size() * 3 / 4);
            world.must.assertAll();
        }
    }

    private static void run(World world, int kills, long seed) {
        var random = new Random(seed);
        world.with("consumer.batch-size", String.valueOf(BATCH_SIZE));
        world.zoom.latency(Duration.ofMillis(30));
        world.load.sendSteadily(EVENTS_PER_SECOND);
        var killed = new ArrayList<Long>();

        for (var i = 0; i < kills; i++) {
            var before = world.patches().size();
            var service = world.start();
            if (random.nextInt(5) > 0) {
                await().atMost(World.PATIENCE).until(() -> world.patches().size() > before);
            }
            World.pass(Duration.ofMillis(100 + random.nextInt(1500)));
            service.kill();
            world.disturbed();
            killed.add(System.nanoTime());
        }
        var service = world.start();
        await().atMost(World.PATIENCE)
                .until(() -> world.patches().stream().anyMatch(request -> request.begun() > killed.get(kills - 1)));
        world.load.stop();
        var events = world.load.sent().size();
        await().atMost(World.PATIENCE).until(() -> world.watch.commits().total() >= events);

        var repeated = repeatedAfterEach(killed, world.patches());
        var most = repeated.stream().mapToInt(Integer::intValue).max().orElse(0);
        var mean = repeated.stream().mapToInt(Integer::intValue).average().orElse(0);
        world.reportRepeated(String.format("per kill %.1f, at most %d (bound %d)", mean, most, BATCH_SIZE));
        world.must.assertThat(most).as("repeated requests per kill").isLessThanOrEqualTo(BATCH_SIZE);
        world.must.assertThat(service.isAlive()).isTrue();
        world.endsWell();
    }

    /** The number of requests after each kill for events that were sent before. */
    private static List<Integer> repeatedAfterEach(List<Long> kills, List<ReceivedRequest> patches) {
        var repeated = new ArrayList<>(Collections.nCopies(kills.size(), 0));
        var sent = new HashSet<String>();
        for (var request : patches) {
            if (!sent.add(request.fields().get("name"))) {
                var latest = (int)
                        kills.stream().filter(kill -> kill < request.begun()).count();
                if (latest > 0) {
                    repeated.set(latest - 1, repeated.get(latest - 1) + 1);
                }
            }
        }
        return repeated;
    }
}
