package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.Outcome;
import groupsync.event.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The queues of two partitions. */
abstract class QueuesFixture {

    static final TopicPartition ONE = new TopicPartition("updates", 1);
    static final TopicPartition TWO = new TopicPartition("updates", 2);

    final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    final AtomicBoolean leased = new AtomicBoolean(true);
    final OwnedPartitions partitions = new OwnedPartitions();
    GroupQueues queues = queues(100, true);

    GroupQueues queues(int capacity, boolean merges) {
        var created = new GroupQueues(capacity, merges, partitions, new NameResolver() {}, leased::get, clock);
        created.assigned(ONE, null);
        created.assigned(TWO, null);
        return created;
    }

    /** Updates of the group are read and added. */
    void add(String group, TopicPartition partition, long... offsets) {
        for (var offset : offsets) {
            read(partition, offset);
            queues.add(Events.update(group).at(partition, offset));
        }
    }

    boolean read(TopicPartition partition, long offset) {
        return partitions.read(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null));
    }

    @Nullable
    PendingUpdate poll() {
        try {
            return queues.poll(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    PendingUpdate take() {
        var update = poll();
        assertThat(update).isNotNull();
        return update;
    }

    PendingUpdate takeMerged() {
        var update = take();
        queues.merge(update);
        return update;
    }

    /** Takes all that can be taken now. */
    List<PendingUpdate> takeAll() {
        var taken = new ArrayList<PendingUpdate>();
        for (var update = poll(); update != null; update = poll()) {
            taken.add(update);
        }
        return taken;
    }

    void putBack(PendingUpdate update) {
        queues.putBack(update, Duration.ZERO);
    }

    /** Revokes a partition without a wait for its taken updates, and returns its last offset. */
    OffsetAndMetadata revoke(TopicPartition partition) {
        try {
            return queues.revoke(List.of(partition), Duration.ZERO).get(partition);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The update has failed at Zoom. */
    void fail(PendingUpdate update) {
        update.attempted(clock.instant());
        putBack(update);
    }

    /** Zoom has applied the update, and its outcome is not published. */
    void decide(PendingUpdate update) {
        update.conclude(List.of(Outcomes.of(Outcome.Status.APPLIED).build()));
    }
}
