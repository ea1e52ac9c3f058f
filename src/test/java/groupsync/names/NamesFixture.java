package groupsync.names;

import static org.assertj.core.api.Assertions.assertThat;

import groupsync.TestClock;
import groupsync.event.Events;
import groupsync.event.GroupUpdateEvent;
import groupsync.event.Outcome.Status;
import groupsync.event.Outcomes;
import groupsync.event.Reason;
import groupsync.queue.GroupQueues;
import groupsync.queue.OwnedPartitions;
import groupsync.queue.PendingUpdate;
import groupsync.queue.Workers;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Queues behind events that name their group, and their workers. */
abstract class NamesFixture {

    static final TopicPartition ONE = new TopicPartition("updates", 1);
    static final TopicPartition TWO = new TopicPartition("updates", 2);
    static final Map<String, String> FINANCE = Map.of("g1", "Finance");

    final TestClock clock = new TestClock("2026-11-23T04:45:00Z");
    final GroupNames names = new GroupNames(clock);
    final OwnedPartitions partitions = new OwnedPartitions();
    final GroupQueues queues = queues(1_000);
    final Workers workers = new Workers(queues);

    @BeforeEach
    void ownTwoPartitions() {
        queues.assigned(ONE, null);
        queues.assigned(TWO, null);
    }

    GroupQueues queues(int capacity) {
        return new GroupQueues(capacity, true, partitions, new UnresolvedEvents(names), () -> true, clock);
    }

    void add(GroupUpdateEvent event) {
        var partition = event.source().partition();
        partitions.read(new ConsumerRecord<>(
                partition.topic(), partition.partition(), event.source().offset(), null, null));
        queues.add(event);
    }

    void zoomLists(Map<String, String> groups) {
        names.startListing();
        names.listed(groups);
    }

    /** The update and its members have this outcome, which is published. */
    void finish(PendingUpdate update, Status status, @Nullable Reason reason) {
        var outcome = Outcomes.refused(status, reason, null).build();
        update.conclude(Collections.nCopies(update.members().size(), outcome));
        queues.acknowledge(update);
    }

    static GroupUpdateEvent byId(String group, String name, long offset) {
        return Events.update(group, name).at(ONE, offset);
    }

    static GroupUpdateEvent byName(String name, long offset) {
        return Events.byName(name, name).at(ONE, offset);
    }

    /** The queue of an event that can be taken then. */
    @Nullable
    String arrives(GroupUpdateEvent event) {
        add(event);
        return workers.takeAll().stream().findFirst().orElse(null);
    }

    void isHeldForTheList(GroupUpdateEvent event) {
        assertThat(arrives(event)).isNull();
        assertThat(queues.needsNames()).isTrue();
    }

    void apply(String queue) {
        var update = workers.take(queue);
        update.attempted(clock.instant());
        finish(update, Status.APPLIED, null);
    }
}
