package groupsync.faults;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Outages of Zoom of all kinds. */
@Tag("faults")
class OutagesIT {

    private static final Duration LENGTH = Form.seconds("faults.outage-seconds", 20, 12);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void losesNothingAndPausesInsteadOfFloodingWhileZoomIsAway(ZoomFault fault) {
        try (var world = new World(fault.toString())) {
            Outage.run(world, fault, LENGTH, INTERVAL);
        }
    }

    /** Nearly every event is for another group. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void pausesAsSoonWhenManyGroupsWait() {
        try (var world = new World("Zoom 503, thousands of groups", 5_000)) {
            Outage.run(world, ZoomFault.ANSWERS_503, LENGTH, INTERVAL);
        }
    }

    /** Like twelve hours at the default poll interval of five minutes. */
    @ParameterizedTest
    @MethodSource("groupsync.faults.Form#protocols")
    @Execution(ExecutionMode.CONCURRENT)
    void resumesAfterAPauseOfManyPollIntervals(String protocol) {
        try (var world = new World("long pause, " + protocol)) {
            world.withProtocol(protocol)
                    .with("camel.component.kafka.max-poll-interval-ms", "5000")
                    .with("consumer.batch-size", "50");

            Outage.run(world, ZoomFault.ANSWERS_503, LENGTH.plusSeconds(10), INTERVAL);
        }
    }
}
