package groupsync.faults;

import static org.awaitility.Awaitility.await;

import groupsync.sandbox.ReceivedRequest;
import groupsync.sandbox.StandInReply;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of all requests fails at Zoom, whatever the group: no event is at fault. */
@Tag("faults")
class BrownOutIT {

    private static final int EVENTS = 300;
    private static final int GROUPS = 40;

    @ParameterizedTest
    @ValueSource(ints = {30, 50, 70})
    void aBrownOutMakesNoDeadLetter(int percent) {
        try (var world = new World("Zoom 503 to " + percent + "% of all requests", GROUPS)) {
            var chance = new Random(Seeds.FIRST);
            Function<ReceivedRequest, StandInReply> brownOut =
                    request -> chance.nextInt(100) < percent ? StandInReply.status(503) : new StandInReply.AsZoom();
            for (var group = 0; group < GROUPS; group++) {
                world.zoom.answersFor("g" + group, brownOut);
            }
            world.zoom.answersFor("zoom-group-sync-probe", brownOut);
            world.load.send(EVENTS);
            var begun = System.nanoTime();
            world.start();

            await().atMost(World.PATIENCE).until(() -> world.watch.outcomes().size() >= EVENTS);

            world.reportProbes(world.requests("GET").size() + " GET");
            world.reportResumed(Duration.ofNanos(System.nanoTime() - begun));
            world.endsWell();
        }
    }
}
