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
        lease.session(Duration.ofSeconds(45));
    }

    @Test
    void doesNotHoldBeforeACommitWasConfirmed() {
        lease.sends(Duration.ZERO);

        assertThat(lease.holds()).isFalse();
    }

    @Test
    void holdsForHalfOfTheSessionWithoutTheLongestRequest() {
        lease.confirmed(lease.sends(Duration.ZERO));
        goesOn(HALF.minus(MOMENT));

        var before = lease.holds();
        goesOn(MOMENT);

        assertThat(before).isTrue();
        assertThat(lease.holds()).isFalse();
    }

    /** What was on its way for long may have been confirmed long ago. */
    @Test
    void countsFromWhenTheCommitWasSent() {
        var commit = lease.sends(Duration.ZERO);
        goesOn(HALF);

        lease.confirmed(commit);

        assertThat(lease.holds()).isFalse();
    }

    @Test
    void afterADoubtItHoldsWithANewCommitOnly() {
        var before = lease.sends(Duration.ZERO);
        lease.confirmed(before);
        goesOn(Duration.ofSeconds(60));
        var after = lease.sends(Duration.ZERO);

        lease.confirmed(before);
        var early = lease.holds();
        lease.confirmed(after);

        assertThat(early).isFalse();
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void anEarlierCommitThatIsConfirmedLateTakesNothingAway() {
        var first = lease.sends(Duration.ZERO);
        goesOn(HALF);
        lease.confirmed(lease.sends(Duration.ZERO));

        lease.confirmed(first);

        assertThat(lease.holds()).isTrue();
    }

    /** Kafka counts from the heartbeat: a commit of a process that stood still for half a minute is no new start. */
    @Test
    void holdsForLessWhereTheLastHeartbeatWasLongBeforeTheCommit() {
        lease.confirmed(lease.sends(Duration.ofSeconds(30)));

        goesOn(Duration.ofSeconds(5).minus(MOMENT));
        var before = lease.holds();
        goesOn(MOMENT);

        assertThat(before).isTrue();
        assertThat(lease.holds()).isFalse();
    }

    /** The steady clock of a machine that is suspended may stand still. */
    @Test
    void doesNotHoldAfterTheMachineWasSuspended() {
        lease.confirmed(lease.sends(Duration.ZERO));

        timeOfDay.goesOn(HALF);

        assertThat(lease.holds()).isFalse();
    }

    @Test
    void holdsNoLongerBecauseTheTimeOfDayWasSetBack() {
        lease.confirmed(lease.sends(Duration.ZERO));

        timeOfDay.goesOn(Duration.ofHours(-1));
        var before = lease.holds();
        goesOn(HALF);

        assertThat(before).isTrue();
        assertThat(lease.holds()).isFalse();
    }

    /** A new commit is all that it costs. */
    @Test
    void holdsAgainWithTheNextCommitAfterTheTimeOfDayWasSetForward() {
        lease.confirmed(lease.sends(Duration.ZERO));
        timeOfDay.goesOn(Duration.ofHours(1));

        lease.confirmed(lease.sends(Duration.ZERO));

        assertThat(lease.holds()).isTrue();
    }

    @Test
    void aShorterSessionMakesForAShorterLease() {
        lease.session(Duration.ofSeconds(20));
        lease.confirmed(lease.sends(Duration.ZERO));

        goesOn(Duration.ofSeconds(5));

        assertThat(lease.holds()).isFalse();
    }

    /** No order is sure then, and nothing at all would be sent otherwise. */
    @Test
    void holdsForAMomentWhereTheSessionIsShorterThanARequest() {
        lease.session(Duration.ofSeconds(6));
        lease.confirmed(lease.sends(Duration.ZERO));

        assertThat(lease.holds()).isTrue();
        goesOn(Duration.ofSeconds(1));
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void wantsSixCommitsForEachLease() {
        var first = lease.isDue();
        lease.sends(Duration.ZERO);
        goesOn(HALF.dividedBy(6).minus(MOMENT));
        var early = lease.isDue();
        goesOn(MOMENT);

        assertThat(first).isTrue();
        assertThat(early).isFalse();
        assertThat(lease.isDue()).isTrue();
    }

    @Test
    void saysSinceWhenAndWhyNothingIsSent() {
        lease.confirmed(lease.sends(Duration.ZERO));
        goesOn(HALF);
        lease.look(OWN);
        goesOn(Duration.ofSeconds(1));
        lease.look(OWN);

        var doubt = lease.doubt();
        lease.confirmed(lease.sends(Duration.ZERO));
        lease.look(OWN);

        assertThat(doubt)
                .contains(new Lease.Doubt(
                        "for PT17.5S Kafka has not confirmed that the partitions are still this instance's",
                        timeOfDay.instant().minusSeconds(1)));
        assertThat(lease.doubt()).isEmpty();
    }

    @Test
    void doesNotHoldForPartitionsThatAreAssignedAfterAllWereGivenUp() {
        lease.confirmed(lease.sends(Duration.ZERO));

        lease.look(Set.of());

        assertThat(lease.holds()).isFalse();
    }

    @Test
    void saysHowOldTheHeartbeatIsWhereThatIsWhyNothingIsSent() {
        lease.confirmed(lease.sends(Duration.ofSeconds(40)));
        goesOn(Duration.ofNanos(1_000_000_001));

        lease.look(OWN);

        assertThat(lease.doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt.cause()).startsWith("for PT41S Kafka"));
    }

    /** None was assigned yet, or all were given up. */
    @Test
    void saysNothingWhileThereIsNothingToCommit() {
        lease.look(Set.of());
        lease.look(OWN);
        var before = lease.doubt();
        lease.confirmed(lease.sends(Duration.ZERO));
        goesOn(HALF);
        lease.look(OWN);

        lease.look(Set.of());
        var after = lease.doubt();
        lease.look(OWN);

        assertThat(before).isEmpty();
        assertThat(after).isEmpty();
        assertThat(lease.doubt()).isEmpty();
    }

    private void goesOn(Duration time) {
        steady.goesOn(time);
        timeOfDay.goesOn(time);
    }
}
