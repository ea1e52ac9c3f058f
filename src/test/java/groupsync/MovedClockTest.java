package groupsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import groupsync.sandbox.StandInReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the system's clock is set while the service runs, on the shipped routes. */
class MovedClockTest extends ShippedRoutes {

    private volatile Duration step = Duration.ZERO;

    private Clock thatIsSet() {
        InstantSource source = () -> Instant.now().plus(step);
        return source.withZone(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aClockThatIsSetAndSetRightAgainHoldsNothingUp(Duration there) {
        groupSync.with("zoom.requests-per-second", "50");
        groupSync.sends(300, 30);
        groupSync.start(thatIsSet());
        await().until(() -> replies(204) > 50);

        step = there;
        await().until(() -> replies(204) > 150);
        step = Duration.ZERO;

        groupSync.allAreApplied(300);
        assertThat(groupSync.health("").statusCode()).isEqualTo(200);
    }

    /** With the time of its last verdict ahead, each failure of an outage would count. */
    @Test
    void aClockThatIsSetBackMakesNoDeadLetterInAnOutage() {
        groupSync.with("zoom.pause.probe-interval", "100ms").with("zoom.retry.attempts", "2");
        groupSync.sends(10, 10);
        groupSync.start(thatIsSet());
        groupSync.allAreApplied(10);

        step = Duration.ofMinutes(-10);
        zoom.answersAlways(StandInReply.status(503));
        groupSync.sends(20, 20);
        await().until(() -> replies(503) > 30);
        assertThat(topics.deadLetters(0)).isEmpty();
        zoom.answersAlways(new StandInReply.AsZoom());

        groupSync.allAreApplied(30);
    }

    /** With the time of its fetch ahead, a token that Zoom refuses would be kept. */
    @Test
    void aClockThatIsSetBackKeepsNoRefusedToken() {
        groupSync.start(thatIsSet());
        groupSync.sends(10, 10);
        groupSync.allAreApplied(10);

        step = Duration.ofHours(-1);
        zoom.revokeTokens();
        groupSync.sends(10, 10);

        groupSync.allAreApplied(20);
        assertThat(zoom.tokenRequests()).isEqualTo(2);
    }
}
