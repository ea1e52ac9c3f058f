package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest extends QueuesFixture {

    @BeforeEach
    void areSmall() {
        queues = queues(2, true);
    }

    @Test
    void isFullAtItsCapacity() {
        add("finance", ONE, 10);
        var before = queues.isFull();

        add("finance", ONE, 11);

        assertThat(before).isFalse();
        assertThat(queues.isFull()).isTrue();
    }

    @Test
    void isFullUntilATakenUpdateIsAcknowledged() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        var update = take();
        var taken = queues.isFull();

        queues.acknowledge(update);

        assertThat(taken).isTrue();
        assertThat(queues.isFull()).isFalse();
    }

    @Test
    void anUpdateThatIsPutBackStillCounts() {
        add("finance", ONE, 10, 11);

        putBack(take());

        assertThat(queues.isFull()).isTrue();
    }

    @Test
    void isFullWhenTheCommitOfOnePartitionCanHoldNoMore() {
        read(ONE, 10);
        read(TWO, 20);
        read(ONE, 10 + OffsetTracker.LONGEST_SPAN);

        assertThat(queues.isFull()).isTrue();
    }

    @Test
    void hasRoomAgainAfterARevocation() {
        add("finance", ONE, 10);
        add("sales", ONE, 11);
        var late = take();

        revoke(ONE);
        putBack(late);

        queues.assigned(ONE, null);
        add("finance", ONE, 10);
        assertThat(queues.isFull()).isFalse();
        add("sales", ONE, 11);
        assertThat(queues.isFull()).isTrue();
    }
}
