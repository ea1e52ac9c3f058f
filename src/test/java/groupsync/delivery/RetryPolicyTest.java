package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.delivery.NextStep.BackOff;
import groupsync.delivery.NextStep.Conclude;
import groupsync.delivery.NextStep.Pause;
import groupsync.delivery.NextStep.Retry;
import groupsync.delivery.NextStep.SlowDown;
import groupsync.event.Outcome.Status;
import groupsync.event.Reason;
import groupsync.zoom.Consequence;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest extends RetryPolicyFixture {

    @ParameterizedTest
    @CsvSource({
        "APPLIED, APPLIED,",
        "GROUP_NOT_FOUND, REJECTED, GROUP_NOT_FOUND",
        "NAME_TAKEN, REJECTED, NAME_TAKEN",
        "MISSING_NAME, REJECTED, MISSING_NAME",
        "REJECTED, REJECTED, REJECTED_BY_ZOOM"
    })
    void concludesAnUpdateThatZoomAppliesOrRefuses(Verdict verdict, Status status, @Nullable Reason reason) {
        assertThat(attempt(update(17), verdict)).isEqualTo(new Conclude(status, reason));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void neverBlamesAnEventForTheFirstReplyUnlessTheReplyDoes(Verdict verdict) {
        var step = attempt(update(17), verdict);

        assertThat(step instanceof Conclude conclusion && conclusion.reason() != null)
                .isEqualTo(verdict.consequence() == Consequence.EVENT_REFUSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "NOT_UNDERSTOOD"})
    void triesAgainAfterADelay(Verdict verdict) {
        var step = attempt(update(17), verdict);

        assertThat(((Retry) step).delay()).isBetween(Duration.ofMillis(850), Duration.ofMillis(1_150));
    }

    @Test
    void separatesMergedUpdatesThatZoomRefuses() {
        var update = update(17);
        update.merge(List.of(update(18)));

        assertThat(attempt(update, Verdict.NAME_TAKEN)).isInstanceOf(NextStep.Separate.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DAILY_LIMIT_SPENT | next day",
                "CREDENTIALS_REFUSED | zoom.client-secret",
                "SCOPE_MISSING | scope that Zoom names",
                "APP_DEACTIVATED | activate the app",
                "ACCOUNT_REFUSED | zoom.account-id",
                "ADDRESS_REFUSED | allow list",
                "LIST_SCOPE_MISSING | events.group-names",
                "ENCODING_REFUSED | zoom.request-format",
                "ACCOUNT_NOT_ENTITLED | paid plan",
                "API_GONE | zoom.groups=contacts"
            })
    void pausesWithARemedyIfNoEventIsAtFault(Verdict verdict, String remedy) {
        var update = tried(99);
        anotherGets(Verdict.APPLIED);

        var step = policy.next(update, saying(verdict));

        assertThat(step).isEqualTo(new Pause(null));
        assertThat(verdict.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void triesAGroupHourlyThatHasSpentItsLimitOfTheDay(int attempts) {
        var update = tried(attempts);
        anotherGets(Verdict.APPLIED);

        var step = policy.next(update, saying(Verdict.GROUP_LIMIT_SPENT));

        assertThat(step).isEqualTo(new NextStep.WaitForGroup(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ATTEMPTS - 1, ATTEMPTS, ATTEMPTS + 1, 1_000})
    void slowsDownAfterTooManyRequestsAndNeverFailsAnEvent(int attempts) {
        var update = tried(attempts);
        anotherGets(Verdict.APPLIED);

        assertThat(policy.next(update, saying(Verdict.TOO_MANY_REQUESTS))).isEqualTo(new SlowDown());
    }

    @Test
    void backsOffAfterThirteenRefusalsInARow() {
        var steps = Stream.generate(() -> policy.next(tried(1), saying(Verdict.TOO_MANY_REQUESTS)))
                .limit(14)
                .toList();

        assertThat(steps.subList(0, 12)).containsOnly(new SlowDown());
        assertThat(steps.subList(12, 14)).containsOnly(new BackOff(null));
        anotherGets(Verdict.APPLIED);
        assertThat(policy.next(tried(1), saying(Verdict.TOO_MANY_REQUESTS))).isEqualTo(new SlowDown());
    }

    @ParameterizedTest
    @CsvSource({"TOO_MANY_REQUESTS, 0.97", "APPLIED, 1", "UNAVAILABLE, 1", "DAILY_LIMIT_SPENT, 1"})
    void onlyTheLimitOfASecondMakesThePaceSlower(Verdict verdict, double part) {
        attempt(update(17), verdict);

        assertThat(pace.part()).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({"APPLIED, true", "NAME_TAKEN, true", "UNAVAILABLE, false", "TOKEN_REFUSED, false"})
    void onlyAVerdictOnAnUpdateMakesThePaceFasterAgain(Verdict verdict, boolean faster) {
        attempt(update(17), Verdict.TOO_MANY_REQUESTS);
        var slow = pace.part();

        attempt(update(18), verdict);

        assertThat(pace.part() > slow).isEqualTo(faster);
    }

    @Test
    void backsOffAsLongAsZoomAsksFor() {
        var delay = Duration.ofHours(2);

        var step = policy.next(tried(1), new ZoomReply(Verdict.TOO_MANY_REQUESTS, 429, 429, "slow", null, delay));

        assertThat(step).isEqualTo(new BackOff(delay));
    }

    /** A new token is fetched after each other reply. */
    @ParameterizedTest
    @CsvSource({
        "1, TOKEN_REFUSED, false",
        "1, TOKEN_REFUSED TOKEN_REFUSED, true",
        "1, TOKEN_REFUSED TOKEN_REFUSED TOKEN_REFUSED, true",
        "1, TOKEN_REFUSED UNAVAILABLE TOKEN_REFUSED, false",
        "99, TOKEN_REFUSED, false"
    })
    void triesAgainAtOnceWithANewTokenAndPausesIfThatIsRefusedToo(int attempts, String replies, boolean pauses) {
        var update = tried(attempts);
        anotherGets(Verdict.APPLIED);

        var steps = Stream.of(replies.split(" "))
                .map(verdict -> policy.next(update, saying(Verdict.valueOf(verdict))))
                .toList();

        assertThat(steps.get(steps.size() - 1)).isEqualTo(pauses ? new Pause(null) : new Retry(Duration.ZERO));
    }
}
