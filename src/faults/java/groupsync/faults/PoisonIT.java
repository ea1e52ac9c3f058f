package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.Topics;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An event that Zoom always fails at. */
@Tag("faults")
class PoisonIT {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void onePoisonEventAmongAThousandIsTheOnlyDeadLetter() {
        try (var world = new World("poison among 1,000")) {
            world.load.send(500);
            var poison = world.load.send("g1");
            world.load.send(500);
            // What shows, for as long as the poison event fails, that Zoom takes others.
            world.load.sendSteadily(20);
            poisons(world, "g1", poison);

            judge(world, poison);
        }
    }

    /** No other event shows that Zoom is well; a probe that changes nothing does. */
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
        await().atMost(Duration.ofSeconds(30)).until(() -> !world.patches().isEmpty());
        var begun = System.nanoTime();
        try {
            await().atMost(BOUND).until(() -> !world.watch.deadLetters().isEmpty());
        } catch (ConditionTimeoutException e) {
            world.must.fail("no dead letter within %s", BOUND);
        }
        world.tellResumed(Duration.ofNanos(System.nanoTime() - begun));
        world.load.stop();
        world.tellProbes(world.requests("GET").size() + " GET");
        world.must
                .assertThat(world.watch.deadLetters())
                .extracting(letter -> Topics.header(letter, "dead-letter-reason"))
                .containsOnly("retries-exhausted");
        world.endsWell(BOUND, Set.of(poison));
    }
}
