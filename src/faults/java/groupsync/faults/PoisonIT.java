package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.Topics;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An event that always fails at Zoom. */
@Tag("faults")
class PoisonIT {

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void onePoisonEventAmongAThousandIsTheOnlyDeadLetter() {
        try (var world = new World("poison among 1,000")) {
            world.load.send(500);
            var poison = world.load.send("g1");
            world.load.send(500);
            // These show that Zoom applies others all the time.
            world.load.sendSteadily(20);
            poisons(world, "g1", poison);

            judge(world, poison);
        }
    }

    /** Without other events, a probe shows that Zoom is available. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void onePoisonEventAloneIsADeadLetterToo() {
        try (var world = new World("poison alone")) {
            var poison = world.load.send("g1");
            poisons(world, "g1", poison);

            judge(world, poison);
        }
    }

    private static void poisons(World world, String group, int number) {
        world.zoom.answersFor(
                group,
                request -> String.valueOf(number).equals(request.fields().get("name"))
                        ? StandInReply.status(500)
                        : new StandInReply.AsZoom());
    }

    private static void judge(World world, int poison) {
        world.start();
        await().atMost(World.PATIENCE).until(() -> !world.patches().isEmpty());
        var begun = System.nanoTime();
        world.mustBecome(World.PATIENCE, () -> !world.watch.deadLetters().isEmpty(), () -> "no dead letter");
        world.reportResumed(Duration.ofNanos(System.nanoTime() - begun));
        world.load.stop();
        world.reportProbes(world.requests("GET").size() + " GET");
        world.must
                .assertThat(world.watch.deadLetters())
                .extracting(letter -> Topics.header(letter, "dead-letter-reason"))
                .containsOnly("retries-exhausted");
        world.endsWell(World.PATIENCE, Set.of(poison));
    }
}
