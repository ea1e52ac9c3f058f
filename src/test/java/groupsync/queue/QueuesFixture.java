package groupsync.queue;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Queues of two partitions, and what the tests do with them. */
abstract class QueuesFixture {

    static final TopicPartition ONE = new TopicPartition("updates", 1);
    static final TopicPartition TWO = new TopicPartition("updates", 2);

    final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    final AtomicBoolean leased = new AtomicBoolean(true);
    final OwnedPartitions partitions = new OwnedPartitions();
    final GroupQueues queues = queues(100, true);

    GroupQueues queues(int capacity, boolean merges) {
        var created = new GroupQueues(capacity, merges, partitions, new NameResolver() {}, leased::get, clock);
        created.assigned(ONE, null);
        created.assigned(TWO, null);
        return created;
    }

    /** An update of the group is read and added. */
    void add(String group, TopicPartition partition, long offset) {
        read(partition, offset);
        queues.add(Events.update(group).at(partition, offset));
    }

    boolean read(TopicPartition partition, long offset) {
        return partitions.read(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null));
    }

    @Nullable
    PendingUpdate poll() {
        return poll(queues);
    }

    static @Nullable PendingUpdate poll(GroupQueues from) {
        try {
            return from.poll(Duration.ZERO);
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

    /** The update has failed at Zoom. */
    void fail(PendingUpdate update) {
        update.attempted(clock.instant());
        putBack(update);
    }

    /** Zoom has applied the update, and its outcome is not published. */
    void decide(PendingUpdate update) {
        update.conclude(List.of(Outcome.of(
                update.event(),
                update.attempts(),
                Outcome.Status.APPLIED,
                null,
                null,
                204,
                null,
                null,
                null,
                clock.instant())));
    }
}
