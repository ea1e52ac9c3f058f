package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationTest extends QueuesFixture {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void dropsWaitingUpdatesAndReturnsTheLastOffsets() throws Exception {
        add("finance", ONE, 10, 11, 12);
        queues.acknowledge(take());

        var offsets = queues.revoke(List.of(ONE), LONG);

        assertThat(offsets).isEqualTo(Map.of(ONE, new OffsetAndMetadata(11, "")));
        assertThat(poll()).isNull();
        assertThat(partitions.committable()).isEmpty();
    }

    @Test
    void keepsTheUpdatesOfOtherPartitions() throws Exception {
        add("finance", ONE, 10);
        add("finance", TWO, 20);
        add("sales", TWO, 21);

        var offsets = queues.revoke(List.of(ONE), LONG);

        assertThat(offsets).containsOnlyKeys(ONE);
        assertThat(takeAll()).extracting(Object::toString).containsExactlyInAnyOrder("updates-2-20", "updates-2-21");
        assertThat(partitions.committable()).containsOnlyKeys(TWO);
    }

    @Test
    void doesNotWaitForUpdatesOfOtherPartitions() throws Exception {
        add("sales", TWO, 20);
        var taken = take();
        add("finance", ONE, 10);

        var offsets = queues.revoke(List.of(ONE), LONG);

        assertThat(offsets).isEqualTo(Map.of(ONE, new OffsetAndMetadata(10, "")));
        queues.acknowledge(taken);
        assertThat(partitions.committable()).containsEntry(TWO, new OffsetAndMetadata(21, ""));
    }

    @ParameterizedTest
    @CsvSource({"true, 11", "false, 10"})
    void takenUpdatesFinishFirstAndAreNotTriedAgain(boolean succeeds, long offset) throws Exception {
        add("finance", ONE, 10, 11);
        var taken = take();
        var revocation = revoking(ONE);

        if (succeeds) {
            queues.acknowledge(taken);
        } else {
            putBack(taken);
        }

        assertThat(revocation.get(3, TimeUnit.MINUTES)).isEqualTo(Map.of(ONE, new OffsetAndMetadata(offset, "")));
        assertThat(poll()).isNull();
    }

    @Test
    void aGroupContinuesWithItsUpdatesOfOtherPartitions() throws Exception {
        add("finance", ONE, 10);
        add("finance", TWO, 20);
        var taken = take();
        var revocation = revoking(ONE);

        putBack(taken);

        assertThat(revocation.get(3, TimeUnit.MINUTES)).containsOnlyKeys(ONE);
        assertThat(poll()).hasToString("updates-2-20");
    }

    @Test
    void addsNoMoreUpdates() throws Exception {
        add("finance", ONE, 10);
        var taken = take();
        var revocation = revoking(ONE);

        add("sales", ONE, 11);

        assertThat(poll()).isNull();
        queues.acknowledge(taken);
        assertThat(revocation.get(3, TimeUnit.MINUTES)).containsOnlyKeys(ONE);
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        add("finance", ONE, 10);
        take();

        assertThat(revoke(ONE)).isEqualTo(new OffsetAndMetadata(10, ""));
    }

    @Test
    void keepsTheOrderOfAGroupWhenAPartitionComesBackTooSoon() {
        add("finance", ONE, 10);
        var late = take();
        queues.assigned(ONE, revoke(ONE));
        add("finance", ONE, 10);

        var early = poll();
        queues.acknowledge(late);

        assertThat(early).isNull();
        assertThat(take()).isNotSameAs(late).hasToString("updates-1-10");
        assertThat(partitions.committable()).containsEntry(ONE, new OffsetAndMetadata(10, ""));
    }

    @Test
    void leavesPartitionsOfOtherInstancesAlone() throws Exception {
        add("finance", ONE, 10);

        var offsets = queues.revoke(List.of(new TopicPartition("updates", 3)), LONG);

        assertThat(offsets).isEmpty();
        assertThat(poll()).hasToString("updates-1-10");
    }

    /** Another thread revokes the partition, and waits for its taken updates. */
    private CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> revoking(TopicPartition partition) {
        var revoked = new CompletableFuture<Map<TopicPartition, OffsetAndMetadata>>();
        var thread = new Thread(() -> {
            try {
                revoked.complete(queues.revoke(List.of(partition), LONG));
            } catch (InterruptedException e) {
                revoked.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || revoked.isDone());
        assertThat(revoked).isNotDone();
        return revoked;
    }
}
