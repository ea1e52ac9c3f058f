package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.event.Events;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BacklogTest extends QueuesFixture {

    private final GroupQueues small = queues(2, true);

    @Test
    void isFullAtItsCapacity() {
        addToSmall("finance", 10);
        var before = small.isFull();

        addToSmall("finance", 11);

        assertThat(before).isFalse();
        assertThat(small.isFull()).isTrue();
    }

    @Test
    void isFullUntilATakenUpdateIsAcknowledged() {
        addToSmall("finance", 10);
        addToSmall("sales", 11);
        var update = Objects.requireNonNull(poll(small));
        var taken = small.isFull();

        small.acknowledge(update);

        assertThat(taken).isTrue();
        assertThat(small.isFull()).isFalse();
    }

    @Test
    void anUpdateThatIsPutBackStillCounts() {
        addToSmall("finance", 10);
        addToSmall("finance", 11);

        small.putBack(Objects.requireNonNull(poll(small)), Duration.ZERO);

        assertThat(small.isFull()).isTrue();
    }

    @Test
    void isFullWhenTheCommitOfOnePartitionCanHoldNoMore() {
        read(ONE, 10);
        read(TWO, 20);
        read(ONE, 10 + OffsetTracker.LONGEST_SPAN);

        assertThat(queues.isFull()).isTrue();
    }

    @Test
    void hasRoomAgainAfterARevocation() throws Exception {
        addToSmall("finance", 10);
        addToSmall("sales", 11);
        var late = Objects.requireNonNull(poll(small));

        small.revoke(List.of(ONE), Duration.ZERO);
        small.putBack(late, Duration.ZERO);

        small.assigned(ONE, null);
        addToSmall("finance", 10);
        assertThat(small.isFull()).isFalse();
        addToSmall("sales", 11);
        assertThat(small.isFull()).isTrue();
    }

    private void addToSmall(String group, long offset) {
        small.add(Events.update(group).at(ONE, offset));
    }
}
