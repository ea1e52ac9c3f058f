package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session of 45 s and requests of 10 s at the most: 35 s are left, and a half of them for the commit. */
class LeaseTest {

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final Duration HALF = Duration.ofMillis(17_500);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Set<TopicPartition> OWN = Set.of(new TopicPartition("updates", 1));

    private final TestClock steady = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final Lease lease = new Lease(LONGEST_REQUEST, steady, timeOfDay);

    @BeforeEach
    void setSession() {
        lease.sessionTimeout(Duration.ofSeconds(45));
    }

    @Test
    void doesNotHoldBeforeACommitWasConfirmed() {
        lease.commitSent(Duration.ZERO);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void holdsForHalfOfTheSessionWithoutTheLongestRequest() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
        goesOn(HALF.minus(MOMENT));

        var before = lease.isValid();
        goesOn(MOMENT);

        assertThat(before).isTrue();
        assertThat(lease.isValid()).isFalse();
    }

    /** What was on its way for long may have been confirmed long ago. */
    @Test
    void countsFromWhenTheCommitWasSent() {
        var commit = lease.commitSent(Duration.ZERO);
        goesOn(HALF);

        lease.commitConfirmed(commit);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void afterADoubtItHoldsWithANewCommitOnly() {
        var before = lease.commitSent(Duration.ZERO);
        lease.commitConfirmed(before);
        goesOn(Duration.ofSeconds(60));
        var after = lease.commitSent(Duration.ZERO);

        lease.commitConfirmed(before);
        var early = lease.isValid();
        lease.commitConfirmed(after);

        assertThat(early).isFalse();
        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void anEarlierCommitThatIsConfirmedLateTakesNothingAway() {
        var first = lease.commitSent(Duration.ZERO);
        goesOn(HALF);
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        lease.commitConfirmed(first);

        assertThat(lease.isValid()).isTrue();
    }

    /** Kafka counts from the heartbeat: a commit of a process that stood still for half a minute is no new start. */
    @Test
    void holdsForLessWhereTheLastHeartbeatWasLongBeforeTheCommit() {
        lease.commitConfirmed(lease.commitSent(Duration.ofSeconds(30)));

        goesOn(Duration.ofSeconds(5).minus(MOMENT));
        var before = lease.isValid();
        goesOn(MOMENT);

        assertThat(before).isTrue();
        assertThat(lease.isValid()).isFalse();
    }

    /** The steady clock of a machine that is suspended may stand still. */
    @Test
    void doesNotHoldAfterTheMachineWasSuspended() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        timeOfDay.goesOn(HALF);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void holdsNoLongerBecauseTheTimeOfDayWasSetBack() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        timeOfDay.goesOn(Duration.ofHours(-1));
        var before = lease.isValid();
        goesOn(HALF);

        assertThat(before).isTrue();
        assertThat(lease.isValid()).isFalse();
    }

    /** A new commit is all that it costs. */
    @Test
    void holdsAgainWithTheNextCommitAfterTheTimeOfDayWasSetForward() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
        timeOfDay.goesOn(Duration.ofHours(1));

        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void aShorterSessionMakesForAShorterLease() {
        lease.sessionTimeout(Duration.ofSeconds(20));
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        goesOn(Duration.ofSeconds(5));

        assertThat(lease.isValid()).isFalse();
    }

    /** No order is sure then, and nothing at all would be sent otherwise. */
    @Test
    void holdsForAMomentWhereTheSessionIsShorterThanARequest() {
        lease.sessionTimeout(Duration.ofSeconds(6));
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        assertThat(lease.isValid()).isTrue();
        goesOn(Duration.ofSeconds(1));
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void wantsSixCommitsForEachLease() {
        var first = lease.isCommitDue();
        lease.commitSent(Duration.ZERO);
        goesOn(HALF.dividedBy(6).minus(MOMENT));
        var early = lease.isCommitDue();
        goesOn(MOMENT);

        assertThat(first).isTrue();
        assertThat(early).isFalse();
        assertThat(lease.isCommitDue()).isTrue();
    }

    @Test
    void saysSinceWhenAndWhyNothingIsSent() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
        goesOn(HALF);
        lease.check(OWN);
        goesOn(Duration.ofSeconds(1));
        lease.check(OWN);

        var doubt = lease.expiry();
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
        lease.check(OWN);

        assertThat(doubt)
                .contains(new Lease.Expiry(
                        "for PT17.5S Kafka has not confirmed that the partitions are still this instance's",
                        timeOfDay.instant().minusSeconds(1)));
        assertThat(lease.expiry()).isEmpty();
    }

    @Test
    void doesNotHoldForPartitionsThatAreAssignedAfterAllWereGivenUp() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));

        lease.check(Set.of());

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void saysHowOldTheHeartbeatIsWhereThatIsWhyNothingIsSent() {
        lease.commitConfirmed(lease.commitSent(Duration.ofSeconds(40)));
        goesOn(Duration.ofNanos(1_000_000_001));

        lease.check(OWN);

        assertThat(lease.expiry())
                .hasValueSatisfying(doubt -> assertThat(doubt.cause()).startsWith("for PT41S Kafka"));
    }

    /** None was assigned yet, or all were given up. */
    @Test
    void saysNothingWhileThereIsNothingToCommit() {
        lease.check(Set.of());
        lease.check(OWN);
        var before = lease.expiry();
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
        goesOn(HALF);
        lease.check(OWN);

        lease.check(Set.of());
        var after = lease.expiry();
        lease.check(OWN);

        assertThat(before).isEmpty();
        assertThat(after).isEmpty();
        assertThat(lease.expiry()).isEmpty();
    }

    private void goesOn(Duration time) {
        steady.goesOn(time);
        timeOfDay.goesOn(time);
    }
}
