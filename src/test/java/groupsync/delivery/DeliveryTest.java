package groupsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import groupsync.observe.Metrics;
import groupsync.queue.GroupQueues;
import groupsync.queue.NameResolver;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.UpdateDeferredException;
import groupsync.queue.UpdateRefusedException;
import groupsync.zoom.DryRun;
import groupsync.zoom.Verdict;
import groupsync.zoom.ZoomReply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryTest extends RetryPolicyFixture {

    private static final TopicPartition PARTITION = new TopicPartition("updates", 3);
    private static final GroupUpdateEvent EMPTY =
            Events.invalid(Reason.MALFORMED_JSON, "the value is empty").at(PARTITION, 17);

    private final Metrics metrics = new Metrics(clock);
    private final GroupQueues queues =
            new GroupQueues(100, true, new OwnedPartitions(), new NameResolver() {}, () -> true, clock);
    private final CircuitBreaker breaker = new CircuitBreaker(
            PROBE_INTERVAL,
            queues::concurrency,
            () -> !queues.isEmpty(),
            () -> true,
            metrics.pauses(),
            Verdict::remedy,
            clock,
            clock);
    private final Delivery delivery =
            new Delivery(queues, breaker, policy, delays, DryRun.FALSE, metrics.events(), clock);

    @BeforeEach
    void ownAPartition() {
        queues.assigned(PARTITION, null);
    }

    /** The update at offset 17, which was just sent. */
    private PendingUpdate sent() throws InterruptedException {
        var update = take(Events.update("g").at(PARTITION, 17));
        update.attempted(clock.instant());
        return update;
    }

    private PendingUpdate take(GroupUpdateEvent... events) throws InterruptedException {
        List.of(events).forEach(queues::add);
        return Objects.requireNonNull(queues.poll(Duration.ZERO));
    }

    /** Again if its dead letter or its outcome could not be published. */
    @Test
    void refusesARecordThatIsNoGroupUpdateAndKeepsItsOutcome() throws Exception {
        var update = take(EMPTY);

        assertThatThrownBy(() -> delivery.check(update)).isInstanceOf(UpdateRefusedException.class);
        var outcome = update.outcome();
        assertThatThrownBy(() -> delivery.check(update)).isInstanceOf(UpdateRefusedException.class);

        assertThat(outcome)
                .isEqualTo(Outcomes.refused(Status.REJECTED, Reason.MALFORMED_JSON, "the value is empty")
                        .group(null)
                        .build());
        assertThat(update.outcome()).isSameAs(outcome);
    }

    @Test
    void anOutcomeHasNoStatusThatHttpDoesNotKnow() throws Exception {
        var update = sent();

        delivery.judge(update, new ZoomReply(Verdict.APPLIED, 999, null, null, null, null));

        assertThat(Objects.requireNonNull(update.outcome()).httpStatus()).isNull();
    }

    @Test
    void anUnexpectedFailurePausesAndKeepsTheUpdate() throws Exception {
        var update = take(Events.update("g").at(PARTITION, 17));

        delivery.putBack(update, new IllegalStateException("a bug"));

        assertThat(breaker.pause().orElseThrow().part()).isEqualTo("service");
        assertThat(queues.poll(Duration.ZERO)).isNull();
        queues.concurrency(1);
        assertThat(queues.poll(Duration.ZERO)).isSameAs(update);
    }

    @Test
    void aDeferredUpdateCausesNoPause() throws Exception {
        var update = take(Events.update("g").at(PARTITION, 17));

        assertThatCode(() -> delivery.putBack(update, new UpdateDeferredException(update)))
                .doesNotThrowAnyException();

        assertThat(breaker.pause()).isEmpty();
        assertThat(queues.poll(Duration.ZERO)).isSameAs(update);
    }

    /** These replies show that Zoom is there, and not that no update can be applied. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "FOUND",
                "GROUP_NOT_FOUND",
                "NAME_TAKEN",
                "MISSING_NAME",
                "REJECTED",
                "SCOPE_MISSING",
                "REFUSAL_UNKNOWN",
                "GROUP_LIMIT_SPENT"
            })
    void oneUpdateIsSentAfterAProbeWithThisReply(Verdict verdict) throws Exception {
        queues.add(Events.update("g").at(PARTITION, 17));
        breaker.pause(null, new ZoomReply(Verdict.UNAVAILABLE, 503, null, "busy", "rid", null));

        delivery.probed(new ZoomReply(verdict, 400, null, "so it is", "rid", null));

        assertThat(queues.poll(Duration.ZERO)).isNotNull();
    }
}
