package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelaysTest extends RetryPolicyFixture {

    /** Each delay is twice the one before, give or take 15%. */
    @ParameterizedTest
    @CsvSource({
        "1, PT1H, PT0.85S, PT1.15S",
        "2, PT1H, PT1.44S, PT2.65S",
        "5, PT1H, PT7S, PT32.3S",
        "10, PT8S, PT8S, PT8S",
        "60, PT8S, PT8S, PT8S",
        "99, PT8S, PT8S, PT8S"
    })
    void waitsLongerAfterEachFailureUpToTheLongestDelay(int failed, Duration longest, Duration from, Duration to) {
        var growing = new RetryDelays(100, Duration.ofSeconds(1), longest, PROBE_INTERVAL);

        assertThat(growing.afterAttempts(failed, saying(Verdict.UNAVAILABLE))).isBetween(from, to);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, PT0.001S", "PT7S, PT7S", "PT9S, PT8S", "PT24H, PT8S"})
    void waitsAsLongAsZoomAsksForUpToTheLongestDelay(Duration asked, Duration delay) {
        var reply = new ZoomReply(Verdict.UNAVAILABLE, 503, null, "busy", null, asked);

        assertThat(delays.afterAttempts(1, reply)).isEqualTo(delay);
    }

    @Test
    void waitsItsOwnDelayIfTheTimeThatZoomNamesIsPast() {
        var reply = new ZoomReply(Verdict.UNAVAILABLE, 503, null, "busy", null, Duration.ZERO);

        assertThat(delays.afterAttempts(1, reply)).isBetween(Duration.ofMillis(850), Duration.ofMillis(1150));
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 503, PT59S, PT59S",
        "UNAVAILABLE, 503, PT24H, PT1M",
        "TOKEN_UNAVAILABLE, 503, PT24H, PT1M",
        "TOKEN_UNAVAILABLE, 429, PT24H, PT24H",
        "DAILY_LIMIT_SPENT, 429, PT24H, PT24H"
    })
    void aPauseOfAFailureLastsAtMostSixProbeIntervalsAndThatOfALimitAsLongAsZoomAsksFor(
            Verdict verdict, int status, Duration asked, Duration pause) {
        var reply = new ZoomReply(verdict, status, null, "busy", null, asked);

        assertThat(policy.next(tried(ATTEMPTS), reply)).isEqualTo(new NextStep.Pause(pause));
    }
}
