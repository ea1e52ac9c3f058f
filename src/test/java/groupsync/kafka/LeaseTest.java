package groupsync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session of 45 s and requests of 10 s at the most: 35 s are left, and half of them for the commit. */
class LeaseTest {

    private static final Duration HALF = Duration.ofMillis(17_500);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Set<TopicPartition> OWN = Set.of(new TopicPartition("updates", 1));

    private final TestClock steady = new TestClock("2026-11-23T04:45:00Z");
    private final TestClock timeOfDay = new TestClock("2026-11-23T04:45:00Z");
    private final Lease lease = new Lease(Duration.ofSeconds(10), steady, timeOfDay);

    @BeforeEach
    void setSession() {
        lease.sessionTimeout(Duration.ofSeconds(45));
    }

    @Test
    void isNotValidBeforeTheFirstConfirmedCommit() {
        lease.commitSent(Duration.ZERO);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void isValidForHalfOfTheSessionWithoutTheLongestRequest() {
        renew();

        expiresAfter(HALF);
    }

    /** Kafka may have confirmed it long before the answer arrives. */
    @Test
    void countsFromWhenTheCommitWasSent() {
        var commit = lease.commitSent(Duration.ZERO);
        passes(HALF);

        lease.commitConfirmed(commit);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void onlyANewCommitRenewsAnExpiredLease() {
        var before = lease.commitSent(Duration.ZERO);
        lease.commitConfirmed(before);
        passes(Duration.ofSeconds(60));
        var after = lease.commitSent(Duration.ZERO);

        lease.commitConfirmed(before);
        var early = lease.isValid();
        lease.commitConfirmed(after);

        assertThat(early).isFalse();
        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void anEarlierCommitThatIsConfirmedLateDoesNotShortenIt() {
        var first = lease.commitSent(Duration.ZERO);
        passes(HALF);
        renew();

        lease.commitConfirmed(first);

        assertThat(lease.isValid()).isTrue();
    }

    /** Kafka counts from the heartbeat, also where a process that was stopped for half a minute commits first. */
    @Test
    void isShorterWhereTheLastHeartbeatWasLongBeforeTheCommit() {
        lease.commitConfirmed(lease.commitSent(Duration.ofSeconds(30)));

        expiresAfter(Duration.ofSeconds(5));
    }

    /** The steady clock may stop while the machine is suspended. */
    @Test
    void isNotValidAfterTheMachineWasSuspended() {
        renew();

        timeOfDay.advance(HALF);

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void isNoLongerIfTheTimeOfDayIsSetBack() {
        renew();

        timeOfDay.advance(Duration.ofHours(-1));

        expiresAfter(HALF);
    }

    @Test
    void isRenewedByTheNextCommitAfterTheTimeOfDayWasSetForward() {
        renew();
        timeOfDay.advance(Duration.ofHours(1));

        renew();

        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void isShorterWithAShorterSession() {
        lease.sessionTimeout(Duration.ofSeconds(20));
        renew();

        expiresAfter(Duration.ofSeconds(5));
    }

    /** The order is not sure then. Without this moment no request would be sent. */
    @Test
    void isValidForAMomentWhereTheSessionIsShorterThanARequest() {
        lease.sessionTimeout(Duration.ofSeconds(6));
        renew();

        expiresAfter(Duration.ofSeconds(1));
    }

    @Test
    void isRenewedSixTimesBeforeItExpires() {
        var first = lease.isCommitDue();
        lease.commitSent(Duration.ZERO);
        passes(HALF.dividedBy(6).minus(MOMENT));
        var early = lease.isCommitDue();
        passes(MOMENT);

        assertThat(first).isTrue();
        assertThat(early).isFalse();
        assertThat(lease.isCommitDue()).isTrue();
    }

    @Test
    void namesTheCauseAndTheBeginOfItsExpiry() {
        renew();
        passes(HALF);
        lease.check(OWN);
        passes(Duration.ofSeconds(1));
        lease.check(OWN);

        var expired = lease.expiry();
        renew();
        lease.check(OWN);

        assertThat(expired)
                .contains(new Outage(
                        "for PT17.5S Kafka has not confirmed that the partitions are still this instance's",
                        timeOfDay.instant().minusSeconds(1)));
        assertThat(lease.expiry()).isEmpty();
    }

    @Test
    void isNotValidForPartitionsThatAreAssignedAfterAllWereRevoked() {
        renew();

        lease.check(Set.of());

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void namesTheAgeOfTheHeartbeatWhereThatIsTheCause() {
        lease.commitConfirmed(lease.commitSent(Duration.ofSeconds(40)));
        passes(Duration.ofNanos(1_000_000_001));

        lease.check(OWN);

        assertThat(lease.expiry())
                .hasValueSatisfying(expiry -> assertThat(expiry.cause()).startsWith("for PT41S Kafka"));
    }

    /** No partition is assigned yet, or all were revoked. */
    @Test
    void doesNotExpireWithoutPartitions() {
        lease.check(Set.of());
        lease.check(OWN);
        var before = lease.expiry();
        renew();
        passes(HALF);
        lease.check(OWN);

        lease.check(Set.of());
        var after = lease.expiry();
        lease.check(OWN);

        assertThat(before).isEmpty();
        assertThat(after).isEmpty();
        assertThat(lease.expiry()).isEmpty();
    }

    private void renew() {
        lease.commitConfirmed(lease.commitSent(Duration.ZERO));
    }

    private void expiresAfter(Duration time) {
        passes(time.minus(MOMENT));
        assertThat(lease.isValid()).isTrue();
        passes(MOMENT);
        assertThat(lease.isValid()).isFalse();
    }

    private void passes(Duration time) {
        steady.advance(time);
        timeOfDay.advance(time);
    }
}
