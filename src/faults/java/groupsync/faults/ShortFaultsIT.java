package groupsync.faults;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of the suite, in every build. */
class ShortFaultsIT {

    @Test
    void losesNothingWhenKilledTwiceUnderLoad() {
        Kills.run(2, Seeds.FIRST);
    }

    @Test
    void losesNothingAndPausesInsteadOfFloodingWhileZoomIsAwayForAMoment() {
        try (var world = new World("Zoom 503 for 5 s")) {
            // Without early retries, so short an outage would end before the pause.
            world.with("zoom.retry.delay", "100ms");

            Outage.run(world, ZoomFault.ANSWERS_503, Duration.ofSeconds(5), Duration.ofSeconds(1));
        }
    }
}
