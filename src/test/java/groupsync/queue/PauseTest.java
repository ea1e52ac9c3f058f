package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class PauseTest extends QueuesFixture {

    @Test
    void takesNothingInAPause() {
        add("finance", ONE, 10);

        queues.concurrency(0);
        add("sales", ONE, 11);

        assertThat(poll()).isNull();
    }

    @Test
    void takenUpdatesFinishInAPause() {
        add("finance", ONE, 10, 11);
        var update = take();
        queues.concurrency(0);

        queues.acknowledge(update);

        assertThat(poll()).isNull();
        assertThat(partitions.committable()).containsEntry(ONE, new OffsetAndMetadata(11, ""));
    }

    @Test
    void takesUpdatesOfAllQueuesAfterAPause() {
        queues.concurrency(0);
        add("finance", ONE, 10);
        add("sales", TWO, 20);
        add("finance", ONE, 11);

        queues.concurrency(Integer.MAX_VALUE);

        assertThat(takeAll()).hasToString("[updates-1-10, updates-2-20]");
    }

    @Test
    void takesOneUpdateAndAnotherOneNextTime() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        queues.concurrency(1);
        var first = take();
        var meanwhile = poll();

        fail(first);

        assertThat(meanwhile).isNull();
        assertThat(take()).isNotSameAs(first);
        assertThat(poll()).isNull();
    }

    @Test
    void takesAnUpdateThatWasTriedLeast() {
        for (var offset = 10; offset < 20; offset++) {
            add("bad" + offset, ONE, offset);
        }
        takeAll().forEach(this::fail);
        add("good", ONE, 20);

        queues.concurrency(1);

        assertThat(take()).hasToString("updates-1-20");
    }

    @Test
    void sendsNothingWhileTheLeaseIsOver() throws Exception {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        var taken = take();
        leased.set(false);

        assertThatThrownBy(() -> queues.requireSendable(taken)).isInstanceOf(UpdateDeferredException.class);
        assertThat(poll()).isNull();
        leased.set(true);

        queues.requireSendable(taken);
        assertThat(poll()).hasToString("updates-1-11");
    }

    /** An outcome may be published twice; that sets no other instance back. */
    @Test
    void publishesDecidedUpdatesWhileTheLeaseIsOver() {
        add("finance", ONE, 10, 11);
        var update = take();
        decide(update);
        putBack(update);
        leased.set(false);

        assertThat(poll()).isSameAs(update);
        queues.acknowledge(update);
        assertThat(poll()).isNull();
    }

    /** An unpublished outcome shows whether Kafka is back; a request might repeat one of another instance. */
    @Test
    void takesOnlyAnUnpublishedOutcomeIfThereIsOne() throws Exception {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        add("hr", ONE, 12);
        var decided = take();
        var undecided = take();
        decide(decided);
        queues.concurrency(0);
        putBack(decided);

        queues.concurrency(1);

        assertThatThrownBy(() -> queues.requireSendable(undecided)).isInstanceOf(UpdateDeferredException.class);
        fail(undecided);
        assertThat(poll()).isSameAs(decided);
        assertThat(poll()).isNull();
        queues.acknowledge(decided);
        assertThat(poll()).hasToString("updates-1-12");
    }

    @Test
    void takesAnUpdateOnceThePartitionOfTheUnpublishedOutcomeIsRevoked() {
        add("finance", ONE, 10);
        add("sales", TWO, 20);
        var decided = take();
        decide(decided);
        queues.concurrency(0);
        putBack(decided);
        revoke(ONE);

        queues.concurrency(1);

        assertThat(poll()).hasToString("updates-2-20");
    }

    @Test
    void takesNothingAfterAStop() {
        add("finance", ONE, 10, 11);
        add("sales", ONE, 12);
        var taken = take();

        queues.stop();

        assertThat(poll()).isNull();
        queues.acknowledge(taken);
        assertThat(poll()).isNull();
        assertThat(queues.isFull()).isTrue();
        assertThat(partitions.committable()).containsEntry(ONE, new OffsetAndMetadata(11, ""));
    }
}
