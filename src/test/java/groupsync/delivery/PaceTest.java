package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final ZoomReply REFUSAL = new ZoomReply(Verdict.TOO_MANY_REQUESTS, 429, 429, "slow", null, null);
    private final Pace pace = new Pace(true, CLOCK);

    private void refused(int times) {
        IntStream.range(0, times).forEach(i -> pace.refused(REFUSAL));
    }

    private void taken(int times) {
        IntStream.range(0, times).forEach(i -> pace.taken());
    }

    @Test
    void isTheWholeLimitWithoutRefusals() {
        taken(1_000);

        assertThat(pace.part()).isEqualTo(1);
    }

    @Test
    void isSlowerAfterARefusalAndTheWholeLimitAgainAfter75Requests() {
        refused(1);
        assertThat(pace.part()).isEqualTo(0.97, within(0.001));

        taken(77);
        assertThat(pace.part()).isEqualTo(1);
    }

    @Test
    void neverStops() {
        refused(10_000);

        assertThat(pace.part()).isEqualTo(0.05);
    }

    @Test
    void isAnAnswerToTwelveRefusalsInARow() {
        for (var i = 0; i < 20; i++) {
            assertThat(IntStream.range(0, 12).allMatch(refusal -> pace.refused(REFUSAL)))
                    .isTrue();
            taken(1);
        }
        refused(12);

        assertThat(pace.refused(REFUSAL)).isFalse();
    }

    @Test
    void isNoAnswerWithoutALimit() {
        assertThat(new Pace(false, CLOCK).refused(REFUSAL)).isFalse();
    }

    /** Zoom takes all requests below a part of the limit, and refuses all above it. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 0.66, 0.95})
    void findsThePartThatOthersLeaveAndIsRefusedOnceIn75Requests(double left) {
        var refused = 0;
        var after = 20_000;
        for (var request = 0; request < 2 * after; request++) {
            if (pace.part() > left) {
                pace.refused(REFUSAL);
                refused += request >= after ? 1 : 0;
            } else {
                pace.taken();
            }
            if (request >= after) {
                assertThat(pace.part()).isBetween(left * 0.96, left * 1.01);
            }
        }

        assertThat((double) refused / after).isEqualTo(1 / 76.0, within(0.001));
    }
}
